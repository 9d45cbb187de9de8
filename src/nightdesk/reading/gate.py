"""Which rules of a language can match at a place, from one walk over the letters that stand there.

All rules are folded into one graph of letters, and the sets of places in it that a walk reaches are
kept as states (a lazy automaton): a place costs a look-up a letter, however many rules there are. What
the graph cannot say (lookarounds, back references) it leaves out, so it may offer a rule that then
does not match, never the other way about. Belongs here: speed. Does not belong here: any word, any
value, any decision; `tests/reading/test_gate.py` compares with trying every rule everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import Any

Letters = Callable[[str], bool]
Members = tuple[tuple[str, Any], ...]  # a character class in plain values
FAR = 64  # a walk ends here and offers every rule still alive, so that no text costs its length squared
KEPT = 200_000  # look-ups kept before all are forgotten
LETTERS = 2_000  # of each character class, those asked for last: many states ask the same of the same letter
_COPIES = 4  # X{4} is four times X; more is "as often as you like"
_SKIPPED = ("ASSERT", "ASSERT_NOT", "AT")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
TWINS = {"ſ": "s", "\u212a": "k", "ı": "i", "İ": "i"}  # what `re` also takes for these letters
_CATEGORIES: Mapping[str, Letters] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_NOT_DIGIT": lambda c: not c.isdecimal(),
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_NOT_SPACE": lambda c: not c.isspace(),
    "CATEGORY_WORD": lambda c: c.isalnum() or c == "_",
    "CATEGORY_NOT_WORD": lambda c: not (c.isalnum() or c == "_"),
}


class Graph:
    """Nodes by number. Rules that begin with the same items share their nodes."""

    def __init__(self, slots: Mapping[str, Sequence[Any]], plain: Sequence[Any] | None = None) -> None:
        self.slots = slots  # a letter that stands for a slot -> the parsed pattern of the slot
        self.edges: list[dict[str, list[int]]] = []  # by letter, in lower case
        self.wide: list[list[tuple[Members, int]]] = []
        self.empty: list[list[int]] = []
        self.owners: list[int] = []  # one bit for each rule that passes here
        self.ends: list[int] = []  # one bit for each rule that may be complete here
        self._known: dict[tuple[int, str | int], tuple[int, int, int]] = {}
        self._bit = 0
        self._waiting: dict[int, tuple[str, int]] = {}  # node -> the slot to build there, and its end
        if plain is not None:
            self.edges, self.wide, self.empty, self.owners, self.ends, self._waiting = plain
        self.root = 0 if plain is not None else self._node()

    def plain(self) -> tuple[Any, ...]:
        """All of it in lists, numbers and letters, to be kept."""
        return self.edges, self.wide, self.empty, self.owners, self.ends, self._waiting

    def add(self, rule: int, items: Iterable[Any]) -> None:
        """The parsed pattern of one more rule."""
        self._bit = 1 << rule
        node = self.root
        self.owners[node] |= self._bit
        for item in items:
            node = self._shared(node, item)
        self.ends[node] |= self._bit

    def _shared(self, node: int, item: Any) -> int:
        key = (node, _alike(item))
        if key not in self._known:
            first = len(self.edges)
            self._known[key] = (self._item(node, item), first, len(self.edges))
        to, first, last = self._known[key]
        for passed in range(first, last):
            self.owners[passed] |= self._bit
        return to

    def _node(self) -> int:
        self.edges.append({})
        self.wide.append([])
        self.empty.append([])
        self.owners.append(self._bit)
        self.ends.append(0)
        return len(self.edges) - 1

    def _sequence(self, node: int, items: Iterable[Any]) -> int:
        for item in items:
            node = self._item(node, item)
        return node

    def _item(self, node: int, item: Any) -> int:
        """Adds one item of a parsed pattern behind `node`; where it ends."""
        name, value = item[0].name, item[1]
        if name == "LITERAL":
            return self._literal(node, chr(value))
        if name in _SKIPPED:
            return node
        if name == "IN":
            return self._any_of(node, value)
        if name == "SUBPATTERN":
            return self._sequence(node, value[3])
        if name == "ATOMIC_GROUP":
            return self._sequence(node, value)
        if name in _REPEATS:
            return self._repeat(node, *value)
        if name == "BRANCH":
            return self._branch(node, value[1])
        return self._unknown(node)

    def _literal(self, node: int, letter: str) -> int:
        if letter in self.slots:
            return self._slot(node, letter)
        to = self._node()
        self.edges[node].setdefault(fold(letter), []).append(to)
        return to

    def _slot(self, node: int, letter: str) -> int:
        """A slot, of which nothing is built before a walk comes to it."""
        inside, to = self._node(), self._node()
        self.empty[node].append(inside)
        self._waiting[inside] = letter, to
        return to

    def built(self, node: int) -> list[int]:
        """Where one can go from a node without a letter, its slot built."""
        if node in self._waiting:
            letter, to = self._waiting.pop(node)
            self._bit = self.owners[node]
            self.empty[self._sequence(node, self.slots[letter])].append(to)
        return self.empty[node]

    def _any_of(self, node: int, members: Sequence[Any]) -> int:
        to = self._node()
        if all(str(m[0]) == "LITERAL" for m in members):
            for letter in {fold(chr(m[1])) for m in members}:
                self.edges[node].setdefault(letter, []).append(to)
        else:
            self.wide[node].append((_plain(members), to))
        return to

    def _repeat(self, node: int, least: int, most: int, items: Sequence[Any]) -> int:
        for _ in range(min(least, _COPIES)):
            node = self._sequence(node, items)
        if most == least <= _COPIES:
            return node
        again = self._node()
        self.empty[node].append(again)
        end = self._node()
        self.empty[again].append(end)
        self.empty[self._sequence(again, items)].append(end if most == least + 1 else again)
        return end

    def _branch(self, node: int, options: Iterable[Sequence[Any]]) -> int:
        """The options from one node; those that begin alike share their beginning."""
        known: dict[tuple[int, str | int], int] = {}
        ends = set()
        for option in options:
            at = node
            for item in option:
                key = (at, _alike(item))
                if key not in known:
                    known[key] = self._item(at, item)
                at = known[key]
            ends.add(at)
        end = self._node()
        for at in sorted(ends):
            self.empty[at].append(end)
        return end

    def _unknown(self, node: int) -> int:
        """What the graph cannot follow: every rule that comes here is offered."""
        to = self._node()
        self.empty[node].append(to)
        self.ends[to] = -1
        return to


class State(dict[str, "State"]):
    """A set of nodes that a walk reached, and where each next letter leads."""

    __slots__ = ("_gate", "alive", "going", "nodes", "offered", "rules")

    def __init__(self, gate: Gate, nodes: frozenset[int], offered: int, alive: int) -> None:
        self._gate, self.nodes, self.offered, self.alive = gate, nodes, offered, alive
        self.going = bool(nodes)
        self.rules = gate.named(offered)

    def __missing__(self, letter: str) -> State:
        return self._gate.step(self, letter)


class Gate:
    """The rules of one language. Asking it again may be quicker, and never has another answer."""

    def __init__(self, graph: Graph, rules: Sequence[Any], root: Any = None) -> None:
        self._graph, self._rules = graph, rules
        self._states: dict[tuple[frozenset[int], int], State] = {}
        self._reached: dict[int, tuple[frozenset[int], int]] = {graph.root: root} if root else {}
        self._named: dict[int, tuple[Any, ...]] = {}
        self._building = Lock()
        self._kept = 0
        self.root = self._state([graph.root], 0)

    def at(self, text: str, place: int) -> tuple[Any, ...]:
        """The rules that may match at `place`, in the order of their table."""
        state, near = self.root, text[place : place + FAR]
        for letter in near:
            state = state[letter]
            if not state.going:
                return state.rules
        return state.rules if len(near) < FAR else self.named(state.offered | state.alive)

    def named(self, bits: int) -> tuple[Any, ...]:
        """The rules of these bits."""
        found = self._named.get(bits)
        if found is None:
            found = self._named[bits] = tuple(r for i, r in enumerate(self._rules) if bits >> i & 1)
        return found

    def reached(self, node: int) -> tuple[frozenset[int], int]:
        """What `_from` says of a node, to be kept."""
        return self._from(node)

    def step(self, state: State, letter: str) -> State:
        """Where a letter leads from a state; looked at once, by one thread at a time."""
        with self._building:
            edges, wide, small, reached = self._graph.edges, self._graph.wide, fold(letter), set[int]()
            for node in state.nodes:
                if small in edges[node]:
                    reached.update(edges[node][small])
                for members, to in wide[node]:
                    if _members(members)(letter):
                        reached.add(to)
            if self._kept > KEPT:
                self._forget()
            self._kept += 1
            state[letter] = found = self._state(reached, state.offered)
            return found

    def _forget(self) -> None:
        self._kept = 0
        for state in list(self._states.values()):
            state.clear()
        self._states = {(self.root.nodes, 0): self.root}

    def _state(self, nodes: Iterable[int], offered: int) -> State:
        found: set[int] = set()
        for node in nodes:
            further, ends = self._from(node)
            found |= further
            offered |= ends
        alive = 0
        for node in list(found):
            left = self._graph.owners[node] & ~offered
            alive |= left
            if not left:
                found.discard(node)
        key = (frozenset(found), offered)
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = State(self, *key, alive)
        return state

    def _from(self, node: int) -> tuple[frozenset[int], int]:
        """Every node that letters lead on from, reached from here without one; and the rules that end."""
        known = self._reached.get(node)
        if known is None:
            seen, todo, ends = {node}, [node], 0
            while todo:
                at = todo.pop()
                ends |= self._graph.ends[at] & self._graph.owners[at]
                empty = self._graph.built(at)
                todo.extend(to for to in empty if to not in seen)
                seen.update(empty)
            lead = frozenset(n for n in seen if self._graph.edges[n] or self._graph.wide[n])
            known = self._reached[node] = (lead, ends)
        return known


def _alike(item: Any) -> str | int:
    """What items have in common that are the same; most are letters."""
    return int(item[1]) if item[0].name == "LITERAL" else repr(item)


def fold(letter: str) -> str:
    """A letter as the graph keeps it: `re` without regard to case may take no letter for more."""
    small = TWINS.get(letter) or letter.lower()
    return small if len(small) == 1 else letter


def _plain(members: Sequence[Any]) -> Members:
    """A character class as names and numbers."""
    return tuple((str(name), _number(str(name), value)) for name, value in members)


def _number(name: str, value: Any) -> Any:
    if name == "RANGE":
        return int(value[0]), int(value[1])
    return int(value) if name == "LITERAL" else None if value is None else str(value)


@cache
def _members(members: Members) -> Letters:
    """Whether a letter, in any case, may be in a character class."""
    negated = members[0][0] == "NEGATE"
    tests = [_member(name, value) for name, value in members[negated:]]

    @lru_cache(maxsize=LETTERS)
    def holds(letter: str) -> bool:
        cases = {letter, letter.lower(), letter.upper(), fold(letter), fold(letter).upper()}
        return any(any(test(case) for test in tests) != negated for case in cases)

    return holds


def _member(name: str, value: Any) -> Letters:
    if name == "LITERAL":
        return chr(value).__eq__
    if name == "RANGE":
        return lambda c: len(c) == 1 and value[0] <= ord(c) <= value[1]
    return _CATEGORIES.get(str(value), lambda c: True)
