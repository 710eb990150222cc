"""What is to be told, and by which channels a tier is allowed to travel."""

from dataclasses import dataclass

from crisis_intervention.crisis_plan.rules.rule import DUE, INFO, URGENT

EMAIL, DESK, WEBHOOK, ALL = "E-mail", "Desk", "Webhook", "All"

# Urgent goes out at once everywhere; due shows in the desk and waits for the digest; info stays there.
CHANNELS_OF_TIER = {URGENT: (EMAIL, DESK, WEBHOOK), DUE: (DESK, EMAIL), INFO: (DESK,)}


@dataclass(frozen=True)
class Message:
	"""One thing to tell about a duty.

	:param occasion: `Raised`, `Joined`, `Reminder`, `Escalation`, `Reassigned` or `Digest`
	:param tier: `Urgent`, `Due` or `Info`
	:param moment: tells repetitions apart; the same message is never told twice
	:param channel: one channel, or `All` of the tier
	"""

	occasion: str
	tier: str
	moment: str = ""
	channel: str = ALL


def channels_for(tier: str, wanted: str, enabled: frozenset[str]) -> list[str]:
	"""List the channels of a message: those of its tier, narrowed by the step and by the settings."""
	return [
		channel
		for channel in CHANNELS_OF_TIER.get(tier, (DESK,))
		if channel in enabled and wanted in (ALL, channel)
	]


def waits_for_digest(tier: str, channel: str) -> bool:
	"""Say whether a message is held back for the daily digest."""
	return tier == DUE and channel == EMAIL
