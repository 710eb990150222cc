"""The states of a duty."""

OPEN, DONE, DONE_LATE, OVERDUE, WAIVED = "Open", "Done", "Done Late", "Overdue", "Waived"
# A stricter duty of the same event stands for it.
TAKEN_OVER = "Taken Over"
UNFULFILLED = (OPEN, OVERDUE)
