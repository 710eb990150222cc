"""Sites of the first version lack the rights with which a Crisis Administrator customises; twice is once."""

from crisis_intervention.access.customising import grant_customising


def execute() -> None:
	"""Give the role its rights."""
	grant_customising()
