"""The review itself: every rule over the laid-out draft, reds first. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from nightdesk.disclosure.archive import Past
from nightdesk.disclosure.case import Case, lay_out
from nightdesk.disclosure.check import check
from nightdesk.disclosure.describing import described
from nightdesk.disclosure.estimates import expired
from nightdesk.disclosure.findings import ranked
from nightdesk.disclosure.model import Draft, Earlier, Evidence, Finding, GroupTable, Review
from nightdesk.disclosure.rules.circles import circles
from nightdesk.disclosure.rules.concepts import told_in_one, told_longer
from nightdesk.disclosure.rules.days import contact_days, drifted, exact_dates
from nightdesk.disclosure.rules.early import early
from nightdesk.disclosure.rules.editions import says_more
from nightdesk.disclosure.rules.groups import small_groups
from nightdesk.disclosure.rules.history import history as earlier_stories
from nightdesk.disclosure.rules.lag import lags
from nightdesk.disclosure.rules.names import names
from nightdesk.disclosure.rules.people import people
from nightdesk.disclosure.rules.places import fine_places
from nightdesk.disclosure.rules.reach import reach
from nightdesk.disclosure.rules.rows import rows
from nightdesk.disclosure.rules.sources import combinations, four_facts, no_claims, single_source
from nightdesk.disclosure.rules.sums import exact_sums
from nightdesk.disclosure.rules.surface import files, hidden, unread, unread_spans
from nightdesk.disclosure.rules.tables import tables_sound
from nightdesk.disclosure.rules.taken import taken, uncompared
from nightdesk.disclosure.rules.verbatim import verbatim
from nightdesk.disclosure.rules.voice import comparable, judged, voice
from nightdesk.disclosure.sentences import cannot_estimate
from nightdesk.disclosure.whereabouts import mapped

Rule = Callable[[Case], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    names, reach, contact_days, lags, exact_sums, small_groups, verbatim, voice, single_source, combinations, circles, four_facts,
    fine_places, exact_dates, early, drifted, says_more, told_in_one, told_longer, people, earlier_stories, rows, hidden, files, taken, tables_sound, no_claims, unread,
)  # fmt: skip
NEVER = ("lists", "calls", "voice", "names", "gossip", "copies", "future")


def review(
    draft: Draft,
    evidence: Evidence,
    history: Sequence[Earlier] | Past,
    tables: Sequence[GroupTable],
    on: date,
) -> Review:
    """Everything in `draft` that could single somebody out, as of day `on`.

    `history`: what was released before, or an index of it kept from one review to the next (an
    `Archive`, or another `Past`).

    DisclosureError when the draft does not hold together (claims that point nowhere, an interval of
    knowers upside down). A table that contradicts itself, editions that do not align and words
    nobody could read are findings.
    """
    check(draft, evidence)
    case = lay_out(draft, evidence, history, tables, on)
    keys = unknowable(case)
    return Review(
        id=draft.id,
        findings=ranked(found for rule in RULES for found in rule(case)),
        unread=unread_spans(case),
        cannot_estimate=cannot_estimate(keys, "en"),
        cannot_estimate_keys=keys,
    )


def unknowable(case: Case) -> tuple[str, ...]:
    """What this review could not judge, by key."""
    keys: tuple[str, ...] = NEVER
    if len(case.draft.editions) > 1:
        keys += ("editions",)
    if not case.evidence.state_media:
        keys += ("state_media",)
    if case.evidence.files:
        keys += ("files",)
    if uncompared(case):
        keys += ("files_untold",)
    if case.draft.country not in mapped():
        keys += ("country",)
    if not all(report.text.strip() for report in case.evidence.reports):
        keys += ("empty_report",)
    if not all(judged(case, lang) for lang in comparable(case)):
        keys += ("voice_full" if case.archive.spoken.full else "voice_archive",)
    if not case.archive.waited:
        keys += ("waits",)
    if any(described(one.paragraph.text, lang) for p in case.passages for lang, one in p.said.items()):
        keys += ("sets",)
    if all(expired(one, case.on) or one.low > one.high for one in case.lookup.tables):
        keys += ("no_tables",)
    return keys
