"""Descriptions that fit few people, by the newsroom's own tables; and where there is no table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.describing import Described, as_list, described, groups
from nightdesk.disclosure.estimates import counted_in, expired, interval, sound, told
from nightdesk.disclosure.facts import Said
from nightdesk.disclosure.findings import ORDER, at, finding
from nightdesk.disclosure.lookup import country_key, near
from nightdesk.disclosure.model import (
    Finding,
    FindingSpan,
    GroupTable,
    Interval,
    Offer,
    SetFact,
    Severity,
)
from nightdesk.disclosure.offers import offer
from nightdesk.disclosure.rules.suffice import KEYS, SMALL, smallest
from nightdesk.disclosure.rules.suffice import told as of_sets
from nightdesk.disclosure.whereabouts import key_of
from nightdesk.disclosure.words import table

LOW = 200  # a low end up to this may be far fewer than thought


@dataclass(frozen=True, slots=True)
class Match:
    """A description at its place, over the words that belong to it, with its table."""

    said: Said
    described: Described
    start: int
    end: int
    table: GroupTable | None


def small_groups(case: Case) -> Iterator[Finding]:
    """One finding a passage and group; of overlapping descriptions the smallest counts."""
    for passage in case.passages:
        found = [match for one in passage.said.values() for match in matches(case, one)]
        for group in dict.fromkeys(match.described.group for match in found):
            yield from of_group(case, passage, [match for match in found if match.described.group == group])


def matches(case: Case, one: Said) -> list[Match]:
    """Descriptions in one paragraph that do not overlap, smallest group first."""
    known = [match_of(case, one, d) for d in described(one.paragraph.text, one.edition)]
    kept: list[Match] = []
    for match in sorted(known, key=lambda m: (m.table is None, m.table.high if m.table else 0, m.start)):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def match_of(case: Case, one: Said, description: Described) -> Match:
    """The description with its table, and with the time that qualifies it: 'six months ago'."""
    start, end = description.start, description.end
    times = [s for s in one.reading.spans if s.kind in ("date", "duration")]
    text = one.paragraph.text
    for span in times:
        if (
            one.edition == "en"
            and span.start - end in (0, 1, 2, 4)
            and re.fullmatch(r"\s*(?:in )?", text[end : span.start])
        ):
            end = span.end
        if (
            one.edition == "ko"
            and span.end <= start
            and re.fullmatch(r"(?:에|쯤|께)?\s+", text[span.end : start])
        ):
            start = span.start if clause_start(text, span.end, start) else start
    return Match(one, description, start, end, table_for(case, description.group))


def clause_start(text: str, end: int, start: int) -> bool:
    """Whether a Korean time belongs to the description: it has 에 and another word stands before it."""
    return (
        text[end:start].strip() in ("", "에", "쯤", "께")
        and bool(text[:end].strip())
        and "전" in text[max(0, end - 2) : end]
    )


def table_for(case: Case, group: str) -> GroupTable | None:
    """The newsroom's table for this group at a place of the story: of more the one that says the gravest thing."""
    if group not in case.chosen:
        fitting = [one for one in tables_of(case, group) if one.low <= one.high and at_its_time(case, one)]
        anew = {(key_of(one.place), one.when) for one in fitting if not expired(one, case.on)}
        standing = [one for one in fitting
                    if not expired(one, case.on) or (key_of(one.place), one.when) not in anew]  # fmt: skip
        case.chosen[group] = min(standing, key=lambda one: gravity(one, case.on), default=None)
    return case.chosen[group]


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


def of_group(case: Case, passage: Passage, found: list[Match]) -> Iterator[Finding]:
    """The finding of one group in one passage, if it is one."""
    known, group = found[0].table, found[0].described.group
    if groups()[group].get("actor"):
        return
    spans = [at(m.said.edition, m.said.paragraph, m.start, m.end) for m in found]
    offers = [one for match in found for one in broader(case, match)]
    sets = smallest(case, passage, SetFact("group", group, tuple(spans)), tables_of(case, group))
    if sets:
        yield finding("small group", "red", KEYS[len(sets[0].facts)], spans, offers, for_="subject",
                      before=sets[0].people, suffice=sets, **of_sets(sets))  # fmt: skip
    elif known is None:
        yield uncounted(group, spans, offers)
    else:
        yield from counted(case, known, spans, offers)


def uncounted(group: str, spans: list[FindingSpan], offers: list[Offer]) -> Finding:
    """No table is a finding too: unknown is not many."""
    if groups()[group].get("occupation"):
        return finding("occupation", "note", "no_table", spans, offers, for_="subject", group=group)
    return finding("small group", "note", "no_table_group", spans, offers, for_="subject", group=group)


def counted(
    case: Case, known: GroupTable, spans: list[FindingSpan], offers: list[Offer]
) -> Iterator[Finding]:
    """What a table says that no set of facts is shown to suffice by: of another place, or not small, or too old."""
    severity, why_key = grade(known, case.on)
    if severity:
        yield finding("small group", severity, why_key, spans, offers, for_="subject", before=interval(known),
                      **told(known))  # fmt: skip


def grade(known: GroupTable, on: date) -> tuple[Severity | None, str]:
    """Red for a list of a hundred, amber where the low end is small or the table too old."""
    if known.high <= SMALL:
        return "red", "group_expired" if expired(known, on) else "group_small"
    if expired(known, on):
        return "amber", "group_expired"
    return ("amber" if known.low <= LOW else None), "group_small"


def broader(case: Case, match: Match) -> Iterator[Offer]:
    """A wider word that is still true, with the interval of its own table when there is one."""
    row = groups()[match.described.group].get("broader")
    lang = match.said.edition
    if not isinstance(row, dict) or lang not in row:
        return
    yield offer(lang, match.said.paragraph, match.start, match.end, wider_word(row[lang], match),
                "say_broader", after(case, str(row.get("table", ""))))  # fmt: skip


def wider_word(forms: object, match: Match) -> str:
    """Singular or plural (English), with 들 (Korean), as the words replaced were."""
    many = match.described.plural
    if isinstance(forms, list):
        one, several = str(forms[0]), str(forms[1])
        words = match.said.paragraph.text[match.start : match.end].lower()
        bare = one.split(" ", 1)[1]
        if many:
            return several
        if words.startswith(("a ", "an ", "one ")) or match.described.group == "phone_seized":
            return one
        return (
            "the " if words.startswith("the ") else "another " if words.startswith("another ") else ""
        ) + bare
    return str(forms) + ("들" if many and match.said.edition == "ko" else "")


def after(case: Case, group: str) -> Interval | None:
    """How many fit the wider word, when a table in force says so."""
    rows = rows_near(case, table_names(group))
    known = [one for one in rows if not one.when and sound(one, case.on)]
    return interval(known[0]) if known else None


def table_names(group: str) -> list[str]:
    """The names under which a wider group's table may stand."""
    return as_list(table("groups").get(f"wider_{group}", {}).get("tables")) or [group]
