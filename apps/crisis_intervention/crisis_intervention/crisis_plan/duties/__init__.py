"""The ledger of obligations: raised by rules, closed by evidence, climbed by the ladder, never deleted."""
