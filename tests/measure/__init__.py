"""Benchmarks, run by `./rtc measure`."""
