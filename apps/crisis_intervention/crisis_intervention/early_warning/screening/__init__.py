"""Screening (art. 11): instruments, consent, results, coverage. Scores never set a level."""
