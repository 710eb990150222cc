"""Workflows: states of a document and who may move it from one to the next."""
