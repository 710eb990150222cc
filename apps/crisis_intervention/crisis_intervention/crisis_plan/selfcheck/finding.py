"""One finding of the self-check."""

from dataclasses import asdict, dataclass

from frappe import _

ERROR, WARNING = "Error", "Warning"


@dataclass(frozen=True)
class Finding:
	"""What is wrong, where, and what to do.

	:param check: short name of the check, in the reader's language
	:param subject: the record or function concerned
	"""

	severity: str
	check: str
	subject: str
	message: str

	def as_row(self) -> dict[str, str]:
		"""Return the row of the report, in the reader's language."""
		return {**asdict(self), "severity": _(self.severity), "is_error": int(self.severity == ERROR)}
