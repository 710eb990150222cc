"""What all records of a case have in common: opaque codes, corrections with reason, no deletion."""
