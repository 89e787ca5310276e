"""Pure mathematics of losses: no Qt, no window."""
