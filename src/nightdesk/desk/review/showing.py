"""What the review's screen shows of one finding, in the language of the page."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nightdesk.desk.review.elsewhere import elsewhere
from nightdesk.desk.review.findings import Group, offers
from nightdesk.desk.review.models import Decision, Finding, GroupTable
from nightdesk.desk.review.standing import Judged, Standing, alike
from nightdesk.disclosure.ages import band
from nightdesk.disclosure.sentences import term

WIDTH = 100  # of the bar, in units of its drawing
MOST = 1_000_000  # people at the bar's right end; the scale is logarithmic
NO_BOUND = WIDTH
LONGEST = 140  # characters of a finding's words shown in its card
# What an offer leaves of a Latin word: "Yokjon-dong s" gives "S", and readers see "sealed".
_OF_A_WORD = re.compile(r"(?<=[A-Za-z])[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval of people on a logarithmic scale from one to a million. `high` None: nobody knows."""

    low: int
    high: int | None
    basis: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Shown:
    """An offer as a button: the words before, the words after, what it does, for which editions, in how many other places too."""

    number: int
    label: str
    editions: list[str]
    changes: list[dict[str, str]]
    after: Bar | None
    elsewhere: int


# What is one person by itself: disclosure.rules.names and .reach.
ONE = {"a name": gettext_lazy("a name"), "an address": gettext_lazy("an address or a number")}


def page_language() -> str:
    """en or ko: the languages the engine's sentences are in."""
    return "ko" if get_language() == "ko" else "en"


def basis_of(interval: dict[str, Any]) -> str:
    """Where an interval comes from; the engine's word for a circle of knowers in the page's language."""
    basis = str(interval["basis"])
    if basis.startswith("knowers: "):
        circle = term(basis.removeprefix("knowers: "), page_language())
        return _("who could know it: %(circle)s") % {"circle": circle}
    if basis in ONE:
        return str(ONE[basis])
    words, of, month = basis.rpartition(", as of ")
    return _("%(basis)s, as of %(month)s") % {"basis": words, "month": month} if of else basis


def bar(interval: dict[str, Any] | None) -> Bar | None:
    """The bar of an interval, at least two units wide so that one person can be seen."""
    if not interval:
        return None
    left = _place(interval["low"])
    right = NO_BOUND if interval["high"] is None else _place(interval["high"])
    return Bar(
        interval["low"],
        interval["high"],
        basis_of(interval),
        round(left, 1),
        round(max(2.0, right - left), 1),
    )


def _place(people: int) -> float:
    return min(WIDTH, math.log10(max(1, people)) / math.log10(MOST) * WIDTH)


def shown(finding: Finding, one: Standing) -> list[Shown]:
    """The offers of a finding, ready for buttons."""
    return [_shown(group, one, len(elsewhere(one, finding, group))) for group in offers(finding)]


def _shown(group: Group, one: Standing, others: int) -> Shown:
    after = next((offer["after"] for offer in group.offers if offer["after"]), None)
    label = group.offers[0]["label"][page_language()]
    return Shown(
        group.number,
        label,
        group.editions,
        [_change(offer, one) for offer in group.offers],
        bar(after),
        others,
    )


def _change(offer: dict[str, Any], one: Standing) -> dict[str, str]:
    spot = one.laid.spot(offer["edition"], offer["paragraph"])
    text = spot.text if spot else ""
    before, after = text[offer["start"] : offer["end"]], offer["text"]
    rest = _OF_A_WORD.match(text, offer["end"]) if before and after else None
    more = rest[0] if rest else ""
    return {"lang": offer["edition"], "before": before + more, "after": after + more}


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Findings of one class; `key` is the first, to be opened."""

    name: str
    severity: str
    count: int
    key: str


def unresolved(judged: Iterable[Judged]) -> list[Unresolved]:
    """What still wants somebody, class by class, gravest first. Never a score."""
    return _by_class(one for one in judged if not one.settled)


def noted(judged: Iterable[Judged]) -> list[Unresolved]:
    """What the review says and asks nothing for, class by class."""
    return _by_class(one for one in judged if one.standing == "note")


def _by_class(judged: Iterable[Judged]) -> list[Unresolved]:
    lang = page_language()
    grouped: dict[tuple[str, str], list[str]] = {}
    for one in judged:
        kind = one.finding.data["class"][lang], one.finding.severity
        grouped.setdefault(kind, []).append(one.finding.key)
    return [Unresolved(name, severity, len(keys), keys[0]) for (name, severity), keys in grouped.items()]


def words_of(data: dict[str, Any]) -> list[tuple[str, str]]:
    """(language, words) the finding is about, each once and not longer than a line or two."""
    found = [(span["edition"], _as_read(span)) for span in data.get("spans", ())]
    return [(lang, words if len(words) <= LONGEST else f"{words[:LONGEST]}…")
            for lang, words in dict.fromkeys(found) if words]  # fmt: skip


def _as_read(span: dict[str, Any]) -> str:
    """The span's words on one line; those of an address with its hyphens, as readers see them."""
    return ("-" if span["paragraph"] == "address" else " ").join(span["words"].split())


def alike_shown(judged: Iterable[Judged], found: Finding) -> list[dict[str, Any]]:
    """The findings that may be kept together with `found`: key, words, and the sentence where there are none."""
    lang = page_language()
    return [{"key": one.finding.key, "words": words_of(one.finding.data), "why": one.finding.data["why"][lang]}
            for one in alike(judged, found)]  # fmt: skip


def named(
    decisions: Iterable[Decision], verb: str, keys: Container[str] | None = None
) -> list[tuple[str, Decision]]:
    """Decisions of one verb (about the findings `keys`, if given), with their class in the page's language."""
    chosen = [row for row in decisions if row.verb == verb and (keys is None or row.key in keys)]
    return [(term(row.kind, page_language()), row) for row in chosen]


def choose(judged: list[Judged], key: str, ones: Collection[int]) -> Judged | None:
    """The finding asked for, else the first this member can do something about, else the first."""
    asked = next((j for j in judged if j.finding.key == key), None)
    return asked or next(iter(sorted(judged, key=lambda j: _urgency(j, ones))), None)


def _urgency(one: Judged, ones: Collection[int]) -> int:
    """0 for what this member can decide, 1 for what she can second, 2 for what waits for another, 3 for the rest."""
    if one.standing == "open":
        return 0
    return {"waits": 1 if can_second(one, ones) else 2}.get(one.standing, 3)


def can_second(one: Judged, ones: Collection[int]) -> bool:
    """Whether a kept red finding waits for a second person, and none of `ones` kept it: they count as one."""
    return one.standing == "waits" and one.decision is not None and one.decision.member_id not in ones


def neighbours(judged: list[Judged], chosen: Judged | None) -> tuple[str, str]:
    """Keys of the finding before and after, going round."""
    if chosen is None:
        return "", ""
    at = judged.index(chosen)
    return judged[at - 1].finding.key, judged[(at + 1) % len(judged)].finding.key


def next_open(before: list[Judged], after: Standing, key: str) -> str:
    """The open finding that came after `key`, going round; '' when none is open any more.

    A text that an offer changed is not reviewed again yet: then it is the next that was open before.
    """
    order = [judged.finding.key for judged in before]
    open_now = {j.finding.key for j in (after.judged if after.reviewed else before) if j.standing == "open"}
    at = order.index(key) + 1 if key in order else 0
    return next((one for one in [*order[at:], *order[:at]] if one in open_now and one != key), "")


def part(table: GroupTable) -> str:
    """Whom of the group a table counts, in the page's language; '' when it counts them all."""
    sex, years = table.get_sex_display() if table.sex else "", band(table.age)
    if years is None:
        return ", ".join(filter(None, (sex, table.age)))
    said = str(years)
    if said.endswith("+"):
        aged = _("aged %(years)s or over") % {"years": years.low}
    else:
        aged = _("aged %(years)s") % {"years": said.replace("-", "–")}
    return ", ".join(filter(None, (sex, aged)))


def expired(table: GroupTable, today: date) -> bool:
    """Whether a table may no longer be relied on: its month of expiry has begun."""
    return table.expires < f"{today:%Y-%m}"
