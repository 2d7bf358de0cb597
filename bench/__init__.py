"""Benchmarks: an academy of any size, and its hot pages opened again and again as visitors do. See docs/performance.md."""
