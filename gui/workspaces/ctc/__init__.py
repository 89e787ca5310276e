"""The CTC lattice: every alignment of a target, on toy targets and real recordings."""
