"""Exact sums: whoever was there, and whoever heard of it, knows the sum."""

from __future__ import annotations

from collections.abc import Iterator

from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.findings import finding, interval
from nightdesk.disclosure.model import Finding, Knowers, Severity
from nightdesk.disclosure.offers import for_sum
from nightdesk.disclosure.rules.common import by_value, circle, offers_of

SOME = 500  # beyond so many knowers a sum is only a thread between stories


def exact_sums(case: Case) -> Iterator[Finding]:
    """One finding a sum and paragraph, over all editions."""
    for passage in case.passages:
        for facts in by_value(passage.facts("sum")):
            yield of_sum(passage, facts)


def of_sum(passage: Passage, facts: list[Fact]) -> Finding:
    """The finding of one sum."""
    severity, why_key = grade(passage.knowers, passage.few)
    return finding(
        "exact sum", severity, why_key, [fact.span for fact in facts], offers_of(passage, facts, for_sum),
        for_="subject", reader="participant", before=interval(passage.knowers),
        amount=format(facts[0].data["amount"], "f"),
        currency=facts[0].data["currency"], **circle(passage.knowers),
    )  # fmt: skip


def grade(knowers: Knowers | None, few: bool) -> tuple[Severity, str]:
    """Red for a handful, amber for a neighbourhood and for the unknown, a note for what all know."""
    if knowers is None:
        return "amber", "sum_unknown"
    if few:
        return "red", "sum_few"
    return ("amber", "sum_some") if knowers.high <= SOME else ("note", "sum_public")
