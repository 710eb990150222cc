import random
import unittest
from fractions import Fraction

from crisis_intervention.case_registry.suppression import SMALLEST_SHOWN, shown, suppressed, with_totals


def determined(counts, hidden):
	"""Say which kept-back cells follow from the shown ones, by solving the equations of all lines.

	Written without the graph that the code reasons by: a cell is determined when its unit vector lies in the
	row space of the equations, restricted to the cells that are kept back.
	"""
	table, cells = with_totals(counts), sorted(hidden)
	height, width = len(table), len(table[0])
	equations = []
	for row in range(height):
		signs = {(row, column): 1 if column < width - 1 else -1 for column in range(width)}
		equations.append([Fraction(signs.get(cell, 0)) for cell in cells])
	for column in range(width):
		signs = {(row, column): 1 if row < height - 1 else -1 for row in range(height)}
		equations.append([Fraction(signs.get(cell, 0)) for cell in cells])
	rank = rank_of(equations)
	units = ([Fraction(int(other == cell)) for other in cells] for cell in cells)
	return [cell for cell, unit in zip(cells, units, strict=True) if rank_of([*equations, unit]) == rank]


def rank_of(rows):
	rows, rank = [list(row) for row in rows], 0
	for column in range(len(rows[0]) if rows else 0):
		pivot = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
		if pivot is None:
			continue
		rows[rank], rows[pivot] = rows[pivot], rows[rank]
		for i in range(len(rows)):
			if i != rank and rows[i][column]:
				factor = rows[i][column] / rows[rank][column]
				rows[i] = [a - factor * b for a, b in zip(rows[i], rows[rank], strict=True)]
		rank += 1
	return rank


class TestSuppression(unittest.TestCase):
	def test_large_counts_are_all_shown(self):
		self.assertEqual(suppressed([[5, 9], [12, 7]]), set())
		self.assertEqual(shown([[5, 9]]), [[5, 9, 14], [5, 9, 14]])

	def test_noughts_alone_hide_nothing(self):
		self.assertEqual(suppressed([[0, 0], [0, 8]]), set())

	def test_a_lone_small_count_takes_others_with_it(self):
		table = shown([[2, 20, 30], [10, 20, 30], [10, 20, 30]])
		self.assertIsNone(table[0][0])
		self.assertGreaterEqual(sum(value is None for value in table[0]), 2)
		self.assertGreaterEqual(sum(line[0] is None for line in table), 2)

	def test_total_of_few_children_is_not_shown(self):
		self.assertEqual(shown([[1, 0], [0, 1]])[-1][-1], None)

	def test_no_small_count_is_shown_and_none_can_be_computed(self):
		drawn = random.Random(20261126)
		for _round in range(150):
			height, width = drawn.randint(1, 5), drawn.randint(1, 5)
			most = drawn.choice((2, 6, 12, 40))
			counts = [[drawn.randint(0, most) for _column in range(width)] for _row in range(height)]
			with self.subTest(counts=counts):
				hidden, table = suppressed(counts), with_totals(counts)
				small = {
					(row, column)
					for row, line in enumerate(table)
					for column, value in enumerate(line)
					if 0 < value < SMALLEST_SHOWN
				}
				self.assertLessEqual(small, hidden)
				self.assertEqual(set(determined(counts, hidden)) & small, set())
				self.assertEqual(determined(counts, hidden), [])

	def test_what_is_kept_back_in_a_line_is_no_small_sum(self):
		drawn = random.Random(7)
		for _round in range(200):
			counts = [[drawn.randint(0, 9) for _column in range(4)] for _row in range(3)]
			hidden, table = suppressed(counts), with_totals(counts)
			for row in range(len(table)):
				kept = [table[row][column] for column in range(len(table[0])) if (row, column) in hidden]
				if len(kept) < len(table[0]):
					self.assertTrue(not kept or sum(kept) >= SMALLEST_SHOWN)
