"""Taking over a sheet of scores: in bulk, except what a person must hear of at once.

A row without critical item calls nobody, so such rows are inserted in bulk, without document events. A row
with one is saved as a document: the plan engine raises the duty towards a person in the same transaction.
"""

from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from crisis_intervention.early_warning.screening import consents, coverage
from crisis_intervention.early_warning.screening.instruments import Instrument, instrument_of
from crisis_intervention.early_warning.screening.sheet import Examination, Result, examine
from crisis_intervention.records.codes import new_codes
from crisis_intervention.records.sheet_import import DONE, finish, report_progress, run_safely

IMPORT, RESULT, SCORE = "Screening Import", "Screening Result", "Screening Score"
CHUNK = 500
STAMPS = ("name", "owner", "creation", "modified", "modified_by")
RESULT_FIELDS = (
	*STAMPS,
	"campaign",
	"student",
	"school_class",
	"tested_on",
	"score",
	"flagged",
	"validity",
	"source",
)
SCORE_FIELDS = (*STAMPS, "parent", "parenttype", "parentfield", "idx", "part", "kind", "value")


def examination_of(doc: Any) -> Examination:
	"""Read the sheet of an import and say what each row would do; nothing is written.

	:param doc: Screening Import document
	"""
	return examine(doc.get_sheet(), doc.campaign, instrument_of_campaign(doc.campaign))


def run(name: str) -> None:
	"""Take over the sheet of an import; a background job, safe to run again.

	:param name: code of the Screening Import
	"""
	run_safely(IMPORT, name, take_over)


def take_over(name: str) -> dict[str, int]:
	"""Store the good rows of a sheet, in chunks with progress.

	:param name: code of the Screening Import
	:returns: numbers of `added`, `updated` and `unchanged` results
	"""
	doc = frappe.get_doc(IMPORT, name)
	instrument = instrument_of_campaign(doc.campaign)
	# Consents may have been withdrawn since the sheet was checked.
	found = examination_of(doc)
	rows = [*found.new, *found.changed]
	for at in range(0, len(rows), CHUNK):
		_store(rows[at : at + CHUNK], doc, instrument)
		report_progress(IMPORT, name, min(at + CHUNK, len(rows)), len(rows))
	coverage.refresh(doc.campaign)
	counts = {"added": len(found.new), "updated": len(found.changed), "unchanged": found.unchanged}
	finish(IMPORT, name, DONE, **counts)
	return counts


def instrument_of_campaign(campaign: str) -> Instrument:
	"""Return the instrument of a campaign that is open.

	:raises frappe.ValidationError: when it is not
	"""
	status, instrument = frappe.db.get_value("Screening Campaign", campaign, ["status", "instrument"])
	if status != "Running":
		frappe.throw(_("This campaign is not open."))
	return instrument_of(instrument)


def _store(part: list[Result], doc: Any, instrument: Instrument) -> None:
	for result in part:
		if result.stored:
			_change(result, doc)
		elif result.critical:
			_insert(result, doc)
	_insert_in_bulk([result for result in part if not result.stored and not result.critical], doc, instrument)
	consents.mark_tested(doc.campaign, [result.student for result in part])


def _insert(result: Result, doc: Any) -> None:
	new = frappe.new_doc(RESULT)
	new.update({"campaign": doc.campaign, "student": result.student, "source": doc.name})
	_fill(new, result)
	new.insert()


def _change(result: Result, doc: Any) -> None:
	"""A value that differs from the stored one is a correction, with the import as its reason."""
	stored = frappe.get_doc(RESULT, result.stored)
	_fill(stored, result)
	stored.correction_reason = _("Imported again with {0}.").format(doc.name)
	stored.save()


def _fill(stored: Any, result: Result) -> None:
	stored.flags.skip_counts = True
	stored.update({"score": result.score, "validity": result.validity, "tested_on": result.tested_on})
	# A sheet never takes back that an item was critical: a person does, with a reason.
	stored.critical_item = int(bool(stored.critical_item or result.critical))
	rows = {row.part: row for row in stored.scores}
	for code, value in result.parts.items():
		if code in rows:
			rows[code].value = value
		else:
			stored.append("scores", {"part": code, "value": value})


def _insert_in_bulk(part: list[Result], doc: Any, instrument: Instrument) -> None:
	if not part:
		return
	now, user = now_datetime(), frappe.session.user
	stamps = (user, now, now, user)
	codes = new_codes(RESULT, "SR", len(part), 7, now.year)
	rows, scores = [], []
	for code, result in zip(codes, part, strict=True):
		rows.append(
			(
				code,
				*stamps,
				doc.campaign,
				result.student,
				result.school_class,
				result.tested_on,
				result.score,
				result.flagged,
				result.validity,
				doc.name,
			)
		)
		scores += _score_rows(code, result, instrument, stamps)
	frappe.db.bulk_insert(RESULT, list(RESULT_FIELDS), rows)
	if scores:
		frappe.db.bulk_insert(SCORE, list(SCORE_FIELDS), scores)


def _score_rows(parent: str, result: Result, instrument: Instrument, stamps: tuple) -> Iterator[tuple]:
	for position, (code, value) in enumerate(result.parts.items(), start=1):
		kind = instrument.part(code).kind
		name = frappe.generate_hash(length=10)
		yield (name, *stamps, parent, RESULT, "scores", position, code, kind, value)
