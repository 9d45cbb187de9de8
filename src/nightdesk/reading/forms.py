"""Where in a text a form of words may stand, so that its pattern is tried there and nowhere else.

A pattern that begins by looking back makes the engine of regular expressions try every letter. Here one look at
the text says where any of many forms may begin; what is found is the same, in the same order. Belongs here: speed.
Does not belong here: any word, any value (people_korean.py and its siblings); `tests/reading/test_forms.py` compares
with trying every form everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from nightdesk.reading.first import first_chars, parsed
from nightdesk.reading.gate import TWINS, Gate, Graph
from nightdesk.reading.kept import kept

Say = Callable[[re.Match[str]], dict[str, Any] | None]
Found = Iterator[tuple["Form", re.Match[str]]]
_WORD = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A pattern, what it says of what it finds, and whether that may lie around something else.

    Of a form in Latin letters, in lower case: the words (runs of letters) with one of which it `begins`, and those of
    which it `needs` one. Empty: it may begin anywhere, and needs none.
    """

    pattern: str
    say: Say
    around: bool = False
    begins: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()

    def everywhere(self, text: str) -> Iterator[re.Match[str]]:
        """Every match, the engine's own way."""
        return _compiled(self.pattern).finditer(text)

    def at(self, text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
        """The same, where a match may begin only at `places`, in order."""
        match, free = _compiled(self.pattern).match, 0
        for place in places:
            if place >= free and (found := match(text, place)):
                yield found
                free = found.end()


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Made when first wanted: a text without people wants none."""
    return re.compile(pattern)


class Gated:
    """Forms that a gate over the letters tells apart; none may begin where `left` forbids it."""

    def __init__(self, name: str, forms: Sequence[Form], left: str = "") -> None:
        laid = kept(name, lambda: _laid_out(forms))
        self.forms, self._gate = forms, Gate(Graph({}, laid["graph"]), forms, laid["root"])
        # A figure of any script counts as one.
        self._places = re.compile(rf"[\d{re.escape(laid['chars'])}](?s:(?<={left}.))")

    def found(self, text: str) -> Found:
        """Every form with each of its matches, form by form."""
        places: dict[Form, list[int]] = {}
        for place in self._places.finditer(text):
            at = place.start()
            for form in self._gate.at(text, at):
                places.setdefault(form, []).append(at)
        for form in self.forms if places else ():
            for found in form.at(text, places.get(form, ())):
                yield form, found


def _laid_out(forms: Sequence[Form]) -> dict[str, Any]:
    """The first letters of the forms and the graph of their letters, in plain values."""
    graph, chars = Graph({}), frozenset[str]()
    for number, form in enumerate(forms):
        items = parsed(form.pattern)
        first = first_chars(items, {}, False)
        if first is None:
            raise ValueError(f"a form may begin with anything: {form.pattern}")
        chars |= first
        graph.add(number, items)
    root = Gate(graph, forms).reached(graph.root)
    return {"chars": "".join(sorted(chars)), "graph": graph.plain(), "root": root}


class Worded:
    """Forms in Latin letters, told apart by the words that stand in a text."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self.forms = forms
        self._asked = frozenset[str]().union(*(form.begins | form.needs for form in forms))

    def found(self, text: str) -> Found:
        """Every form with each of its matches, form by form."""
        if not text.isascii() and any(twin in text for twin in TWINS):
            for form in self.forms:
                yield from ((form, found) for found in form.everywhere(text))
        else:
            small = text.lower()
            said = self._asked.intersection(_WORD.findall(small))
            for form in self.forms if said else ():
                yield from ((form, found) for found in _worded(form, text, small, said))


def _worded(form: Form, text: str, small: str, said: frozenset[str]) -> Iterator[re.Match[str]]:
    if form.needs and form.needs.isdisjoint(said):
        return iter(())
    if not form.begins:
        return form.everywhere(text)
    begins = form.begins & said
    return (
        form.at(text, sorted({at for word in begins for at in _places(small, word)})) if begins else iter(())
    )


def _places(small: str, word: str) -> Iterator[int]:
    at = small.find(word)
    while at >= 0:
        yield at
        at = small.find(word, at + 1)


def firsts(said: Iterable[str]) -> frozenset[str]:
    """The first word, as `Form` counts them, of each of these."""
    return frozenset(found[0] for one in said if (found := _WORD.match(one.lower())))
