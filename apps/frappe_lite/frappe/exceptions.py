"""Errors with the HTTP status the REST layer answers; names and statuses as in Frappe."""

from __future__ import annotations


class SiteNotSpecifiedError(Exception):
	def __init__(self, *args: object) -> None:
		super().__init__(*(args or ("Please specify --site sitename",)))


class ValidationError(Exception):
	http_status_code = 417


class FrappeTypeError(TypeError):
	http_status_code = 417


class AuthenticationError(Exception):
	http_status_code = 401


class SessionExpired(Exception):
	http_status_code = 401


class PermissionError(Exception):
	http_status_code = 403


class DoesNotExistError(ValidationError):
	http_status_code = 404


class PageDoesNotExistError(ValidationError):
	http_status_code = 404


class NameError(Exception):
	http_status_code = 409


class OutgoingEmailError(Exception):
	http_status_code = 501


class SessionStopped(Exception):
	http_status_code = 503


class UnsupportedMediaType(Exception):
	http_status_code = 415


class RequestToken(Exception):
	http_status_code = 200


class Redirect(Exception):
	http_status_code = 301

	def __init__(self, http_status_code: int = 301) -> None:
		self.http_status_code = http_status_code
		super().__init__(http_status_code)


class CSRFTokenError(Exception):
	http_status_code = 400


class TooManyRequestsError(Exception):
	http_status_code = 429


class RequestEntityTooLarge(Exception):
	http_status_code = 413


class ServiceUnavailableError(Exception):
	http_status_code = 503


class ImproperDBConfigurationError(Exception):
	"""The database server is not set up as the runtime needs it."""


class CommandFailedError(Exception):
	def __init__(self, message: str, out: str = "", err: str = "") -> None:
		super().__init__(message)
		self.out = out
		self.err = err


class IncorrectSitePath(Exception):
	http_status_code = 404


class IncompatibleApp(ValidationError):
	pass


class NotFound(ValidationError):
	http_status_code = 404


class DuplicateEntryError(NameError):
	pass


class DataError(ValidationError):
	pass


class UnknownDomainError(Exception):
	pass


class MappingMismatchError(ValidationError):
	pass


class InvalidStatusError(ValidationError):
	pass


class MandatoryError(ValidationError):
	pass


class NonNegativeError(ValidationError):
	pass


class InvalidSignatureError(ValidationError):
	pass


class RateLimitExceededError(ValidationError):
	http_status_code = 429


class CannotChangeConstantError(ValidationError):
	pass


class CharacterLengthExceededError(ValidationError):
	pass


class UpdateAfterSubmitError(ValidationError):
	pass


class LinkValidationError(ValidationError):
	pass


class CancelledLinkError(LinkValidationError):
	pass


class DocstatusTransitionError(ValidationError):
	pass


class TimestampMismatchError(ValidationError):
	pass


class EmptyTableError(ValidationError):
	pass


class LinkExistsError(ValidationError):
	pass


class InvalidEmailAddressError(ValidationError):
	pass


class InvalidNameError(ValidationError):
	pass


class InvalidPhoneNumberError(ValidationError):
	pass


class InvalidURLError(ValidationError):
	pass


class TemplateNotFoundError(ValidationError):
	pass


class UniqueValidationError(ValidationError):
	pass


class AppNotInstalledError(ValidationError):
	pass


class ImplicitCommitError(ValidationError):
	pass


class RetryBackgroundJobError(Exception):
	"""Raised inside a job to have it run again."""


class DocumentLockedError(ValidationError):
	pass


class DocumentAlreadyRestored(ValidationError):
	pass


class CircularLinkingError(ValidationError):
	pass


class SecurityException(Exception):
	pass


class InvalidColumnName(ValidationError):
	pass


class InvalidDates(ValidationError):
	pass


class DataTooLongException(ValidationError):
	pass


class FileAlreadyAttachedException(Exception):
	pass


class AttachmentLimitReached(ValidationError):
	pass


class QueryTimeoutError(Exception):
	pass


class QueryDeadlockError(Exception):
	pass


class InReadOnlyMode(ValidationError):
	http_status_code = 503


class TooManyWritesError(Exception):
	pass


class InvalidRoundingMethod(FrappeTypeError):
	pass


class InvalidRemoteException(Exception):
	pass


class LinkExpired(ValidationError):
	http_status_code = 410


class InvalidAuthorizationHeader(AuthenticationError):
	pass


class InvalidAuthorizationPrefix(AuthenticationError):
	pass


class InvalidAuthorizationToken(AuthenticationError):
	pass


class InvalidKeyError(ValidationError):
	http_status_code = 401


class ExecutableNotFound(FileNotFoundError):
	pass


class InvalidApplicationError(ValidationError):
	pass
