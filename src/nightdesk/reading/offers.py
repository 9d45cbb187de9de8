"""What the engine chooses from: finds, and matches of rules whose values nobody asked for yet.

A third of the matches lie under a longer one, and a value costs more than a match. Belongs here: when a
match becomes a find. Does not belong here: what its value is (the resolvers), and which explanation stands (engine.py).
"""

from __future__ import annotations

import re

from nightdesk.reading.find import Find
from nightdesk.reading.match import Impossible, Match, Setting, match
from nightdesk.reading.resolvers import RESOLVERS
from nightdesk.reading.tables import Rule


class Possible:
    """A match of a rule. Its stretch is known; whether it explains anything is seen when it is `found`."""

    __slots__ = ("_asked", "_found", "_match", "_setting", "end", "rule", "start")

    def __init__(self, rule: Rule, match_: re.Match[str], setting: Setting) -> None:
        self.rule, self._match, self._setting = rule, match_, setting
        self.start = match_.start()
        self.end = self.start + len(match_[0].rstrip())
        self._asked = False
        self._found: Find | None = None

    def found(self) -> Find | None:
        """The find, valued once; None where the rule explains nothing after all."""
        if not self._asked:
            made = match(self.rule, self._match, self._setting)
            self._asked, self._found = True, None if made is None else _resolved(made)
        return self._found


Offer = tuple[int, Find | Possible]  # with its rank


def said(one: Find | Possible) -> Find | None:
    """The find of an explanation."""
    return one if isinstance(one, Find) else one.found()


def _resolved(made: Match) -> Find | None:
    try:
        value = RESOLVERS[made.rule.resolver](made)
    except Impossible as error:
        return Find(made.start, made.end, None, {}, str(error))
    # Days end with the year 9999: `datetime` has none after it, and none before the year 1. It refuses them as a sum of
    # days with one error, as a year or an ordinal (Easter, Qingming of the year 0) with the other.
    except (OverflowError, ValueError):
        late = made.setting.on is not None and made.setting.on.year > 1
        year = 10_000 if late else 0
        return Find(made.start, made.end, None, {}, f"the year {year} is outside the calendar")
    return None if value is None else Find(made.start, made.end, made.rule.kind, value)
