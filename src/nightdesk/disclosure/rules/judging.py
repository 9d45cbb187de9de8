"""Which of the newsroom's tables judges a description: of its group, its sex and age, at a place and a time of the story.

Belongs here: choosing among rows. Does not belong here: what a description says (groups), what suffices (suffice).
"""

from __future__ import annotations

from datetime import date

from nightdesk.disclosure.case import Case
from nightdesk.disclosure.counting import fitting
from nightdesk.disclosure.describing import as_list, groups
from nightdesk.disclosure.estimates import counted_in, counts, expired, inside, interval, whole_country
from nightdesk.disclosure.findings import ORDER
from nightdesk.disclosure.lookup import country_key, near
from nightdesk.disclosure.model import GroupTable, Interval, Severity
from nightdesk.disclosure.rules.suffice import LOW, SMALL
from nightdesk.disclosure.traits import Who
from nightdesk.disclosure.whereabouts import key_of
from nightdesk.disclosure.words import table


def table_for(case: Case, group: str, who: Who) -> GroupTable | None:
    """The newsroom's table for whom it is of this group at a place of the story: of more the one that says the gravest."""
    if (group, who) not in case.chosen:
        standing = [one for one in standing_rows(case, tables_of(case, group), who) if at_its_time(case, one)]
        case.chosen[group, who] = min(standing, key=lambda one: gravity(one, case.on), default=None)
    return case.chosen[group, who]


def standing_rows(case: Case, rows: tuple[GroupTable, ...], who: Who) -> list[GroupTable]:
    """Rows that count whoever is described so, and what those in force prove; none that expired and was made anew."""
    own = [one for one in rows if one.low <= one.high and counts(one, who)]
    anew = {cell(one) for one in own if not expired(one, case.on)}
    standing = [one for one in own if not expired(one, case.on) or cell(one) not in anew]
    if any(one.sex or one.age for one in rows):
        # Only where they prove few: what is left of a whole has no low end that somebody counted.
        standing += [one for one in fitting(rows, case.on, who) if 0 < one.high <= LOW]
    return standing


def cell(one: GroupTable) -> tuple[str, str, str, str]:
    """What a row counts of its group."""
    return key_of(one.place), one.when, one.sex, one.age


def gravity(one: GroupTable, on: date) -> tuple[int, bool, int]:
    """A row of few people before any other, even one too old: that wider rows are in force does not make them many."""
    severity, _ = grade(one, on)
    return ORDER[severity] if severity else len(ORDER), expired(one, on), one.high


def tables_of(case: Case, group: str) -> tuple[GroupTable, ...]:
    """Every table that counts this group at a place of the story, one around it or one in it."""
    return rows_near(case, as_list(groups()[group].get("tables")))


def rows_near(case: Case, names: list[str]) -> tuple[GroupTable, ...]:
    """Rows under one of these names at a place of the story, and those of its whole country."""
    lower = frozenset(name.lower() for name in names)
    return near(case.lookup, lower, case.places, country_key(case.draft.country))


def at_its_time(case: Case, one: GroupTable) -> bool:
    """Whether the table counts any time, or one that the story tells of."""
    dates = (fact for lang in case.draft.editions for fact in case.said_in.get((lang, "date"), ()))
    return not one.when or bool(counted_in(one, dates))


def grade(known: GroupTable, on: date) -> tuple[Severity | None, str]:
    """Red for a list of a hundred, amber where the low end is small or the table too old."""
    if known.high <= SMALL:
        return "red", "group_expired" if expired(known, on) else "group_small"
    if expired(known, on):
        return "amber", "group_expired"
    return ("amber" if known.low <= LOW else None), "group_small"


def after(case: Case, group: str, who: Who) -> Interval | None:
    """The fewest that fit the wider word, by a table in force of the country or of where a place of the story lies."""
    if (group, who) not in case.wider:
        known = [one for one in fitting(rows_near(case, table_names(group)), case.on, who)
                 if one.high and not one.when and around(case, one)]  # fmt: skip
        fewest = min(known, key=lambda one: (one.high, one.low), default=None)
        case.wider[group, who] = interval(fewest) if fewest else None
    return case.wider[group, who]


def around(case: Case, one: GroupTable) -> bool:
    """Whether the row counts the whole country or a place that one of the story lies in."""
    return whole_country(one, case.draft.country) or any(inside(place, one) for place in case.places)


def table_names(group: str) -> list[str]:
    """The names under which a wider group's table may stand."""
    return as_list(table("groups").get(f"wider_{group}", {}).get("tables")) or [group]
