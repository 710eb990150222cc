"""A job that fails leaves its traceback in the host's Scheduled Job Log, with the values of its variables."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import frappe

from crisis_intervention.access.protected import APP


class JobFailed(frappe.ValidationError):
	"""A job of the app failed; says the kind of the error and the place, no words of it."""


def fails_in_codes(job: Callable) -> Callable:
	"""Let a job fail with kind and place of its error only; what it wrote is undone by the host as ever.

	:param job: function that the scheduler or the queue calls
	"""

	@wraps(job)
	def run(*args: Any, **kwargs: Any) -> Any:
		try:
			return job(*args, **kwargs)
		except Exception as error:
			code = code_of(error)
		# Outside of the handler, so that no traceback hangs on the new error.
		raise JobFailed(f"{job.__module__}.{job.__name__}: {code}")

	return run


def code_of(error: Exception) -> str:
	"""Return the kind of an error and the last place in this app that it passed.

	:param error: error with its traceback
	"""
	place, step = "", error.__traceback__
	while step:
		code = step.tb_frame.f_code
		if APP in code.co_filename and code.co_name != "run":
			place = f" at {code.co_name} line {step.tb_lineno}"
		step = step.tb_next
	return type(error).__name__ + place
