"""Benchmarks: programs that time what a user waits for. `make bench` runs them; they are no tests, and fail nothing."""
