"""The store, the worker and the program around the window."""
