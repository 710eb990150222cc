"""Periodic reports of art. 12, 22 and 26: whose, of which period, filed once, in time or late."""
