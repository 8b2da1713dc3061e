"""Benches: what the program costs, as ratios within one run. See docs/benchmarks.md."""
