"""Value types of the public API."""

from .frappedict import _dict

__all__ = ["_dict"]
