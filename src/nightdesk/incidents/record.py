"""Acts as rows: choosing some of them, and writing one out for a table.

A row has no key that leads to a source: it is built field by field from an Act, and an Act has none.
"""

from __future__ import annotations

from collections.abc import Iterable

from nightdesk.incidents.model import Act, Status
from nightdesk.incidents.vocabulary import label, vocabulary
from nightdesk.values.places import ancestors, gazetteer


def filter_acts(
    acts: Iterable[Act],
    *,
    place: str | None = None,
    act: str | None = None,
    status: Status | None = None,
    year: int | None = None,
) -> tuple[Act, ...]:
    """The acts that fit everything asked for, in the order given.

    `place` also finds what lies in it (a province its towns). `year` fits when any day between the
    bounds may lie in it; an act without any bound fits no year.
    """
    return tuple(
        a
        for a in acts
        if (place is None or _lies_in(a.place, place))
        and (act is None or a.act == act)
        and (status is None or a.status == status)
        and (year is None or _may_be_in(a, year))
    )


def _lies_in(key: str, place: str) -> bool:
    return key == place or (key in gazetteer() and place in ancestors(key))


def _may_be_in(act: Act, year: int) -> bool:
    first, last = act.earliest or act.latest, act.latest or act.earliest
    return bool(first and last and first.year <= year <= last.year)


def to_row(act: Act, lang: str) -> dict[str, str]:
    """One act as words for a table or a CSV, in `lang` (en, ko). Nothing unknown is filled in: ''.

    Raises KeyError when the act's code is not in the vocabulary.
    """
    return {
        "token": act.token,
        "act": act.act,
        "act_label": vocabulary()[act.act].label(lang),
        "status": label("statuses", act.status, lang),
        "place": act.place,
        "place_name": _place_name(act.place, lang),
        "when": act.edtf,
        "earliest": act.earliest.isoformat() if act.earliest else "",
        "latest": act.latest.isoformat() if act.latest else "",
        "actor": act.actor,
        "party": act.party,
        "amount": f"{act.amount:f}" if act.amount is not None else "",
        "currency": act.currency or "",
        "sum_role": label("sum_roles", act.sum_role, lang) if act.sum_role else "",
    }


def _place_name(key: str, lang: str) -> str:
    place = gazetteer().get(key)
    if place is None:
        return key
    return next((names[0] for code in (lang, "en") if (names := place.names.get(code))), key)
