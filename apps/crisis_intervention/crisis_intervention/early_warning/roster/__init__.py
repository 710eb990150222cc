"""Bringing a whole school: the sheet of its students, and the step into the next school year."""
