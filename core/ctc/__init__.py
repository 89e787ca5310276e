"""The CTC lattice: labels, forward and backward variables, paths."""
