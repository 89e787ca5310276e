"""Code to take along: a batch as PyTorch that checks itself, and the lines that save one from a training loop."""

from core.snippets.dump import dump_snippet
from core.snippets.torch_code import pytorch_snippet

__all__ = ["dump_snippet", "pytorch_snippet"]
