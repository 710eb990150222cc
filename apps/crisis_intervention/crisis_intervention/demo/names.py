"""Invented Chinese names and opaque codes from a fixed seed."""

from random import Random

from crisis_intervention.records.codes import ALPHABET

SEED = 20260901
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
FIRST = "子雨欣梓思佳一晨浩宇明嘉文俊若诗可安乐天心怡景书语芷亦沐清"
SECOND = "涵轩萱睿彤豪妍泽琪航悦辰瑶博洋宁然霖桐菲远珊翔岚凯宸溪舟希川"


def generator(part: str) -> Random:
	"""Return the random numbers of a part of the school, the same on every run."""
	return Random(f"{SEED}-{part}")


def full_name(random: Random) -> str:
	"""Return an invented name of two or three characters."""
	given = random.choice(FIRST) + (random.choice(SECOND) if random.random() < 0.85 else "")
	return random.choice(SURNAMES) + given


def codes(random: Random, prefix: str, length: int, number: int) -> list[str]:
	"""Return different opaque codes, as the records of the school have them.

	:param number: how many
	"""
	found: dict[str, None] = {}
	while len(found) < number:
		found[f"{prefix}-" + "".join(random.choices(ALPHABET, k=length))] = None
	return list(found)
