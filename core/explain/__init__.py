"""Explanations as structured objects: plots, cards, tables and both languages read the same ones."""
