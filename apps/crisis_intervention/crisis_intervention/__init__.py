"""Campus psychological crisis intervention: the plan as duties, cases and protected records."""

__version__ = "0.1.0"
