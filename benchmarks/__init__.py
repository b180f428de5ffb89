"""Benchmarks: how fast, how large, how safe, each with its command; see README.md beside this file."""
