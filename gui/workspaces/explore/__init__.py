"""One element, one row, one frame: touch it and see what the loss does."""
