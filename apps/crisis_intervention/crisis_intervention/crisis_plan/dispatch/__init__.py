"""The one dispatcher: what the engine tells anybody is told here, in neutral words, and it is logged."""
