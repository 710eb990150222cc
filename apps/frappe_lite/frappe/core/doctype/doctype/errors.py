"""What can be wrong with a DocType."""

from frappe.exceptions import ValidationError


class InvalidFieldNameError(ValidationError):
	"""A fieldname has characters a column cannot have."""


class UniqueFieldnameError(ValidationError):
	"""A fieldname appears twice."""


class IllegalMandatoryError(ValidationError):
	"""A field that holds no value is mandatory."""


class DoctypeLinkError(ValidationError):
	"""A link or table field has no options."""


class WrongOptionsDoctypeLinkError(ValidationError):
	"""A link or table field points to a DocType that does not exist."""


class HiddenAndMandatoryWithoutDefaultError(ValidationError):
	"""A field nobody sees is mandatory and has no default."""


class NonUniqueError(ValidationError):
	"""A field holds repeated values and shall become unique, or its type cannot be unique."""


class CannotIndexedError(ValidationError):
	"""The type of a field cannot be indexed."""


class CannotCreateStandardDoctypeError(ValidationError):
	"""A standard DocType is changed outside developer mode."""
