"""Duty Rules at run time: plain values, looked up by DocType in a cached map, matched without I/O."""
