"""Whitelisted functions of the core, thin."""
