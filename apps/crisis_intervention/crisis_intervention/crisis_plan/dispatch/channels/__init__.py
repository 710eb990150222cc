"""Channels that carry a neutral text: each module has one function `send(message, subject, body)`."""
