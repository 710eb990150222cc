"""Small cells of a table kept back, so that no count of a few children is shown or can be computed.

Counts from one to four are not shown. A table is shown with its totals, and every row and column is then an
equation: what is kept back alone in a line could be subtracted. So further cells are kept back until nothing
that is kept back follows from what is shown. Rows, columns and their totals form a graph whose edges are the
cells; an edge follows from the others exactly when it is a bridge among the kept-back edges.
"""

from collections.abc import Iterable, Iterator, Sequence

SMALLEST_SHOWN = 5
Cell = tuple[int, int]
Table = list[list[int]]


def with_totals(counts: Sequence[Sequence[int]]) -> Table:
	"""Return a table with a last column and a last row of totals.

	:param counts: rows of equal length
	"""
	rows = [[*row, sum(row)] for row in counts]
	width = len(rows[0]) if rows else 1
	return [*rows, [sum(row[column] for row in rows) for column in range(width)]]


def suppressed(counts: Sequence[Sequence[int]]) -> set[Cell]:
	"""Return the cells, totals among them, that must not be shown.

	:param counts: rows of equal length, without totals
	:returns: pairs of row and column in the table of `with_totals`
	"""
	table = with_totals(counts)
	hidden = {cell for cell in _cells(table) if 0 < table[cell[0]][cell[1]] < SMALLEST_SHOWN}
	while True:
		more = _needed(table, hidden)
		if not more:
			return hidden
		hidden |= more


def shown(counts: Sequence[Sequence[int]]) -> list[list[int | None]]:
	"""Return the table with totals, None in place of what is kept back."""
	table, hidden = with_totals(counts), suppressed(counts)
	return [
		[None if (row, column) in hidden else value for column, value in enumerate(line)]
		for row, line in enumerate(table)
	]


def _needed(table: Table, hidden: set[Cell]) -> set[Cell]:
	"""Return further cells to keep back: one for a line with too little kept back, or for a bridge."""
	for line in _lines(table):
		kept = [cell for cell in line if cell in hidden]
		if kept and (len(kept) < 2 or _sum(table, kept) < SMALLEST_SHOWN):
			further = _next(table, line, hidden)
			if further:
				return {further}
	for row, column in _bridges(hidden):
		further = _next(
			table, [cell for cell in _cells(table) if cell[0] == row or cell[1] == column], hidden
		)
		if further:
			return {further}
	return set()


def _next(table: Table, line: Iterable[Cell], hidden: set[Cell]) -> Cell | None:
	"""Choose what to keep back next: the smallest count that is not nought, for the least is lost by it."""
	free = [cell for cell in line if cell not in hidden]
	return min(
		free, key=lambda cell: (table[cell[0]][cell[1]] == 0, table[cell[0]][cell[1]], cell), default=None
	)


def _sum(table: Table, cells: Iterable[Cell]) -> int:
	return sum(table[row][column] for row, column in cells)


def _cells(table: Table) -> Iterator[Cell]:
	return ((row, column) for row, line in enumerate(table) for column in range(len(line)))


def _lines(table: Table) -> Iterator[list[Cell]]:
	width = len(table[0])
	yield from ([(row, column) for column in range(width)] for row in range(len(table)))
	yield from ([(row, column) for row in range(len(table))] for column in range(width))


def _bridges(hidden: set[Cell]) -> Iterator[Cell]:
	"""Yield the kept-back cells that follow from the shown ones: edges without which their ends part."""
	for cell in sorted(hidden):
		if not _connected(hidden - {cell}, *cell):
			yield cell


def _connected(edges: set[Cell], row: int, column: int) -> bool:
	seen, waiting = {("row", row)}, [("row", row)]
	while waiting:
		kind, number = waiting.pop()
		for edge_row, edge_column in edges:
			ends = (("row", edge_row), ("column", edge_column))
			if (kind, number) in ends:
				other = ends[1] if ends[0] == (kind, number) else ends[0]
				if other not in seen:
					seen.add(other)
					waiting.append(other)
	return ("column", column) in seen
