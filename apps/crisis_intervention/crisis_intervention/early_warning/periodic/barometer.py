"""The weather of a class read over plain values, without I/O (art. 22)."""

from collections.abc import Iterable
from dataclasses import dataclass

SUNNY, CLOUDY, RAIN, STORM = "Sunny", "Cloudy", "Rain", "Storm"
WORSE = {SUNNY: 0, CLOUDY: 1, RAIN: 2, STORM: 3}
FEAR_FOR_LIFE = "Fear for a Life"


@dataclass(frozen=True)
class Entry:
	"""What a barometer says of one classmate: the mood, and whether the monitor fears for a life."""

	weather: str
	worried: bool


def alarm_of(weather: str, entries: Iterable[Entry]) -> str:
	"""Return why somebody must look at once: `Fear for a Life`, `Storm`, or an empty text.

	:param weather: weather of the class
	"""
	lines = list(entries)
	if any(line.worried for line in lines):
		return FEAR_FOR_LIFE
	return STORM if STORM in (weather, *(line.weather for line in lines)) else ""


def is_calm(weather: str, entries: Iterable[Entry]) -> bool:
	"""Say whether a barometer has nothing to tell: a sunny class and no classmate named."""
	return weather == SUNNY and not list(entries)


def worst(weathers: Iterable[str]) -> str:
	"""Return the worst of several weathers, an empty text for none; an unknown one counts as the best."""
	return max((weather for weather in weathers if weather), key=lambda one: WORSE.get(one, -1), default="")
