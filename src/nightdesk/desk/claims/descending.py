"""Who has it from whom, laid out for a picture: rows from the event down, a place for each node, lines between.

Pure, in the units of the picture. Belongs here: the layout. Does not belong here: who descends from whom
(nightdesk.corroboration.descent), names and words of the page (showing.py), colours (claims.css).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nightdesk.corroboration.descent import Descent, Edge, Node

WIDE, APART, DOWN, MARGIN = 124, 12, 34, 6
LINE, AROUND = 17, 8  # a line of words, and what stands above and below all of them
A_ROW = 6  # nodes beside each other; more go into the next row
AT_MOST = 40  # nodes in a picture; the table beside it has all of them
LETTERS = 16.0  # in half widths: what a line of a node has room for
NAME_LINES = 2  # of a name: more of it is cut, and stands whole in the table


@dataclass(frozen=True, slots=True)
class Said:
    """What a node bears: its name, and what tells it from others of that name, a line each."""

    name: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words in its place."""

    text: str
    y: float
    is_name: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A node in its place."""

    kind: str
    said: Said
    x: float
    y: float
    high: float
    wide: float = WIDE

    @property
    def middle(self) -> float:
        """Where its words are centred."""
        return self.x + self.wide / 2

    @property
    def foot(self) -> float:
        return self.y + self.high

    @property
    def words(self) -> list[Words]:
        """Its lines, as high above the foot as below the head."""
        name = broken(self.said.name)
        lines = [*name, *self.said.below]
        first = self.y + (self.high - len(lines) * LINE) / 2 + LINE - 4.5
        return [Words(text, first + at * LINE, at < len(name)) for at, text in enumerate(lines)]


@dataclass(frozen=True, slots=True)
class Line:
    """From one box down to another."""

    how: str
    path: str

    @property
    def style(self) -> str:
        """The class of the line."""
        return self.how.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template draws."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    left_out: int


def picture(found: Descent, labels: Mapping[str, Said]) -> Picture:
    """The layout; `labels` says what each node is called. Nodes past AT_MOST are counted, not drawn."""
    drawn = found.nodes[:AT_MOST]
    edges = [e for e in found.edges if {e.from_, e.to} <= {n.id for n in drawn}]
    rows = _rows(drawn, edges)
    widest = max(len(row) for row in rows)
    width = widest * WIDE + (widest - 1) * APART + 2 * MARGIN
    said = {node.id: labels.get(node.id, Said(node.label)) for node in drawn}
    high = 2 * AROUND + LINE * max(len(broken(one.name)) + len(one.below) for one in said.values())
    boxes = {
        node.id: Box(node.kind, said[node.id], _left(at, len(row), width), MARGIN + number * (high + DOWN), high)
        for number, row in enumerate(rows) for at, node in enumerate(row)
    }  # fmt: skip
    lines = tuple(Line(e.how, _path(boxes[e.from_], boxes[e.to])) for e in edges)
    height = len(rows) * (high + DOWN) - DOWN + 2 * MARGIN
    return Picture(width, height, tuple(boxes.values()), lines, len(found.nodes) - len(drawn))


def _rows(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[list[Node]]:
    """Nodes by how far they are from the event, wide rows broken."""
    depth = {nodes[0].id: 0}
    for node in nodes:  # the event, relays, then accounts in order of arrival: what leads here came before
        above = [depth[e.from_] for e in edges if e.to == node.id and e.from_ in depth]
        depth.setdefault(node.id, max(above, default=0) + 1)
    rows: list[list[Node]] = []
    for level in range(max(depth.values()) + 1):
        here = [node for node in nodes if depth[node.id] == level]
        rows += [here[at : at + A_ROW] for at in range(0, len(here), A_ROW)]
    return rows


def _left(at: int, beside: int, width: float) -> float:
    row = beside * WIDE + (beside - 1) * APART
    return (width - row) / 2 + at * (WIDE + APART)


def _path(above: Box, below: Box) -> str:
    half = (below.y - above.foot) / 2
    return (
        f"M{above.middle:g} {above.foot:g} C{above.middle:g} {above.foot + half:g} "
        f"{below.middle:g} {below.y - half:g} {below.middle:g} {below.y:g}"
    )


def broken(name: str) -> list[str]:
    """A name in lines that fit into a node, broken behind a space or a hyphen where there is one."""
    lines: list[str] = []
    while name and len(lines) < NAME_LINES:
        line = fitting(name)
        if line != name and (at := max(line.rfind(" "), line.rfind("-"))) > 0:
            line = line[: at + 1]
        lines.append(line.strip())
        name = name[len(line) :].lstrip()
    if name:
        lines[-1] = fitting(lines[-1], LETTERS - 1).rstrip() + "…"
    return lines or [""]


def fitting(words: str, room: float = LETTERS) -> str:
    """As much as fits into a line: a syllable of Korean or Chinese is twice as wide as a letter."""
    for at, letter in enumerate(words):
        room -= 1.9 if letter > "ᄀ" else 1
        if room < 0:
            return words[:at]
    return words
