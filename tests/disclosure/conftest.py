"""The sample story, copies of it with every fact changed, and short ways to review."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest

from nightdesk.disclosure import Draft, Finding, Offer, ParagraphText, Review, apply, first_choices, review
from nightdesk.disclosure.wire import Submission, parse

# A second newsroom day: other towns, sums, days and words in every document of the story.
CHANGED = (
    ("회령시", "무산군"), ("회령", "무산"), ("Hoeryong", "Musan"), ("2만 위안", "3만7천 위안"),
    ("RMB 20,000 (around USD 2,800)", "RMB 37,000 (around USD 5,200)"), ("5천 위안", "8천 위안"),
    ("RMB 5,000 (around USD 700)", "RMB 8,000 (around USD 1,100)"), ("2023-12-15", "2024-02-22"),
    ("2023-12-14", "2024-02-21"), ("2023-12-17", "2024-02-24"), ("2023-12-18", "2024-02-26"),
    ("15일", "22일"), ("on Friday", "on Thursday"), ("산골로 추방되고 싶으냐", "탄광에서 한평생 썩고 싶으냐"),
    ("crane", "otter"), ("heron", "stork"), ("millet", "barley"), ("보위원 두 명", "보위원 세 명"),
    ("Two agents", "Three agents"), ("a man whose", "a woman whose"), ("threatened him", "threatened her"),
    ('"low": 20, "high": 80', '"low": 12, "high": 45'),
)  # fmt: skip


def sample_story() -> dict[str, Any]:
    """story.json of the sample newsroom, findings included."""
    return json.loads((files("nightdesk.demo") / "sample" / "story.json").read_text("utf-8"))


@pytest.fixture
def sample() -> dict[str, Any]:
    return sample_story()


@pytest.fixture
def changed() -> dict[str, Any]:
    """The sample with every town, sum, day and turn of phrase replaced by rule."""
    raw = json.dumps({k: v for k, v in sample_story().items() if k != "findings"}, ensure_ascii=False)
    for old, new in CHANGED:
        raw = raw.replace(old, new)
    return json.loads(raw)


def reviewed(raw: Mapping[str, Any]) -> tuple[Submission, Review]:
    one = parse(raw)
    return one, review(one.draft, one.evidence, one.history, one.tables, one.draft.release_on)


@pytest.fixture
def look() -> Callable[[Mapping[str, Any]], tuple[Submission, Review]]:
    """A story document reviewed on its day of release."""
    return reviewed


@pytest.fixture
def story() -> Callable[..., dict[str, Any]]:
    """A story of one paragraph an edition, told by one source to one report."""

    def make(
        ko: str = "", en: str = "", report: str = "", lang: str = "ko", **knowers: Any
    ) -> dict[str, Any]:
        editions = {
            name: [{"id": name[0] + "1", "claims": ["c1"], "text": text}]
            for name, text in (("ko", ko), ("en", en)) if text
        }  # fmt: skip
        circle = {"kind": "household", "low": 3, "high": 10} | knowers
        return {
            "id": "T", "title": "", "country": "KP", "release_on": "2023-12-18", "editions": editions,
            "claims": [{"id": "c1", "source": "wren", "report": "r1", "statement": "", "knowers": circle}],
            "reports": [{"id": "r1", "source": "wren", "on": "2023-12-15", "lang": lang, "text": report or "."}],
            "earlier": [], "groups": [], "state_media": [], "files": [],
        }  # fmt: skip

    return make


@pytest.fixture
def take() -> Callable[[Submission, Finding], list[Review]]:
    """Take a finding's offers, the first of each place, then the second, and review again."""

    def again(one: Submission, found: Finding) -> list[Review]:
        places: dict[tuple[str, str, int], list[Offer]] = {}
        for offer in found.offers:
            places.setdefault((offer.edition, offer.paragraph, offer.start), []).append(offer)
        rounds = max(map(len, places.values()), default=0)
        return [
            after(one, [some[min(turn, len(some) - 1)] for some in places.values()]) for turn in range(rounds)
        ]

    return again


@pytest.fixture
def walk() -> Callable[[Submission], tuple[Draft, Review]]:
    """Take the first offers of the gravest finding that has some, again and again."""

    def to_the_end(one: Submission) -> tuple[Draft, Review]:
        draft = one.draft
        for _ in range(40):
            found = review(draft, one.evidence, one.history, one.tables, draft.release_on)
            todo = next((f for f in found.findings if f.offers and f.severity != "note"), None)
            if todo is None:
                return draft, found
            for offer in first_choices(todo):
                draft = with_offer(draft, offer)
        raise AssertionError("forty findings later there is still something to offer")

    return to_the_end


def after(one: Submission, offers: list[Offer]) -> Review:
    """The review of the draft with these offers taken, the last in the text first."""
    draft = one.draft
    for offer in sorted(offers, key=lambda o: -o.start):
        draft = with_offer(draft, offer)
    return review(draft, one.evidence, one.history, one.tables, draft.release_on)


def with_offer(draft: Draft, offer: Offer) -> Draft:
    editions = dict(copy.copy(draft.editions))
    editions[offer.edition] = tuple(
        ParagraphText(p.id, apply(p.text, offer), p.claims) if p.id == offer.paragraph else p
        for p in editions[offer.edition]
    )
    return replace(draft, editions=editions)
