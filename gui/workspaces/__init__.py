"""The workspaces of the left rail."""
