"""The engine's findings as rows, and rows as what a screen shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from nightdesk.desk.review.models import Finding, Review
from nightdesk.disclosure import model as disclosure
from nightdesk.disclosure import sentences

LANGS = ("en", "ko")  # of the desk's screens


def rows(review: Review, said: disclosure.Review) -> Iterator[Finding]:
    """A row a finding, with its sentences in both languages of the desk."""
    for found in said.findings:
        yield Finding(
            review=review,
            key=found.key,
            kind=found.class_,
            severity=found.severity,
            facts=facts_of(found),
            data=data_of(found),
        )


def data_of(found: disclosure.Finding) -> dict[str, Any]:
    """Everything a screen needs, as plain JSON."""
    return {
        "spans": spans(found.spans),
        "why": {lang: sentences.sentence(found, lang) for lang in LANGS},
        "why_key": found.why_key,
        "class": _terms(found.class_),
        "for": _terms(found.for_),
        "reader": _terms(found.reader),
        "before": asdict(found.before) if found.before else None,
        "offers": [_offer(found, offer) for offer in found.offers if in_text(offer.paragraph)],
        "wait": [found.values["hold_from"], found.values["hold_until"]]
        if "hold_from" in found.values
        else [],
    }


def in_text(paragraph: str) -> bool:
    """Whether an offer can be written here: the address and the record's words are mended in their own forms."""
    return paragraph != "address" and not paragraph.startswith("row:")


def facts_of(found: disclosure.Finding) -> str:
    """A hash of what a decision about it rests on: severity, who it could be, and the sentence's facts."""
    before = asdict(found.before) if found.before else None
    raw = [found.severity, before, found.why_key, dict(found.values)]
    return hashlib.sha256(json.dumps(raw, sort_keys=True, default=str).encode()).hexdigest()


def _terms(word: str) -> dict[str, str]:
    return {lang: sentences.term(word, lang) for lang in LANGS}


def _offer(found: disclosure.Finding, offer: disclosure.Offer) -> dict[str, Any]:
    label = {lang: sentences.label(offer, lang) if offer.label_key else offer.label for lang in LANGS}
    after = asdict(offer.after) if offer.after else None
    return {
        "edition": offer.edition, "paragraph": offer.paragraph, "start": offer.start, "end": offer.end,
        "text": offer.text, "label": label, "key": offer.label_key or offer.label, "after": after,
    }  # fmt: skip


def spans(found: Iterable[disclosure.FindingSpan]) -> list[dict[str, Any]]:
    """Spans as plain JSON."""
    return [asdict(span) for span in found]


def cannot_estimate(said: disclosure.Review) -> list[dict[str, str]]:
    """What the review cannot judge, a mapping of languages each."""
    told = {lang: sentences.cannot_estimate(said.cannot_estimate_keys, lang) for lang in LANGS}
    return [dict(zip(told, row, strict=True)) for row in zip(*told.values(), strict=True)]


@dataclass(frozen=True, slots=True)
class Group:
    """Offers that do the same thing in each edition, to be taken together."""

    number: int
    offers: tuple[dict[str, Any], ...]

    @property
    def editions(self) -> list[str]:
        """The editions it changes."""
        return list(dict.fromkeys(offer["edition"] for offer in self.offers))


def offers(found: Finding) -> list[Group]:
    """The finding's offers, grouped: one label, every place, never two for one place."""
    groups: list[list[dict[str, Any]]] = []
    for offer in found.data["offers"]:
        group = next((g for g in groups if g[0]["key"] == offer["key"] and not clash(g, offer)), None)
        if group is None:
            groups.append([offer])
        else:
            group.append(offer)
    return [Group(number, tuple(group)) for number, group in enumerate(groups)]


def clash(group: Iterable[dict[str, Any]], offer: dict[str, Any]) -> bool:
    """Whether the offer touches words another of the group already replaces."""
    here = (offer["edition"], offer["paragraph"])
    return any(
        (one["edition"], one["paragraph"]) == here
        and one["start"] < max(offer["end"], offer["start"] + 1)
        and offer["start"] < max(one["end"], one["start"] + 1)
        for one in group
    )
