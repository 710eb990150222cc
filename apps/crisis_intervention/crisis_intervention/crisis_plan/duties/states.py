"""The states of a duty."""

OPEN, DONE, DONE_LATE, OVERDUE, WAIVED = "Open", "Done", "Done Late", "Overdue", "Waived"
UNFULFILLED = (OPEN, OVERDUE)
