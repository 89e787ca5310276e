"""Widgets and plots that know nothing of any workspace."""
