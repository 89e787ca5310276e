"""What stands around the workspaces: rail, top bar, strip, inspector, status bar, start page."""
