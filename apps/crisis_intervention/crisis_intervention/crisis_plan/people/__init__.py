"""Who is responsible: functions of the plan resolved to persons at run time."""
