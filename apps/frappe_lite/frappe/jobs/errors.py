"""Errors of the queue."""

from __future__ import annotations

import os
import traceback


class JobTimeout(Exception):
	"""A job ran longer than it may; raised inside the job."""


class LeaseLost(Exception):
	"""The job was given to another worker meanwhile, so this run must leave no trace."""


def error_code(error: BaseException) -> str:
	"""Return what may be kept of an error: its class and where it was raised.

	The text of an error may name a person and is left out.

	Args:
		error: the exception, with its traceback.

	Returns "ValidationError at crisis_plan/duties.py:41 in close".
	"""
	frames = traceback.extract_tb(error.__traceback__)
	if not frames:
		return type(error).__name__
	last = frames[-1]
	place = "/".join(last.filename.split(os.sep)[-3:])
	return f"{type(error).__name__} at {place}:{last.lineno} in {last.name}"
