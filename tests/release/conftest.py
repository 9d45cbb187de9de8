"""Releases drawn at random, and one written out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import strategies as st

from nightdesk.release.attachment import ENDINGS, MAX_ATTACHMENT_BYTES
from nightdesk.release.model import (
    Attachment,
    CorrectionNote,
    Credit,
    Edition,
    Masthead,
    Paragraph,
    Photo,
    PublicAct,
    Release,
    Sum,
    Text,
)

MASTHEAD = Masthead(
    name={"ko": "두만강포스트", "en": "Tumen River Post"},
    languages=("ko", "en"),
    standing_note={"ko": "취재원의 이름은 밝히지 않는다.", "en": "Our sources are not named."},
)


@pytest.fixture
def release() -> Release:
    """The sample's story in one language, with one act."""
    money = Sum("RMB 20,000 (around USD 2,800)", Decimal(20000), "CNY", Decimal("0.1402"), "USD",
                date(2023, 12, 15), "ECB")  # fmt: skip
    edition = Edition(
        "en", "Agents demand money", "A summary.",
        (Paragraph((Text("Two agents asked for "), money, Text("."))),), (Credit("reported", "Bob"),),
    )  # fmt: skip
    month = date(2023, 12, 1), date(2023, 12, 31)
    act = PublicAct(
        "a1", "extortion", "accepted", "hoeryong", "KP-09", *month, "2023-12",
        {"en": "State Security"}, {"en": "a remittance broker"}, Decimal(20000), "CNY", "demanded",
    )  # fmt: skip
    day = date(2023, 12, 18)
    return Release("s1", "agents-demand-money", 1, "release", day, day, MASTHEAD, (edition,), (act,), ())


words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=40)
headline = words.map(lambda w: f"a {w}")
decimals = st.decimals(min_value=-(10**15), max_value=10**15, places=4)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
tokens = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,15}", fullmatch=True)
runs = st.one_of(
    st.builds(Text, words),
    st.builds(
        Sum, words, decimals, st.just("CNY"), st.none() | decimals, st.none() | st.just("USD"),
        st.none() | days, st.none() | words,
    ),
)  # fmt: skip
paragraphs = st.lists(runs, max_size=4).map(tuple).map(Paragraph)


def editions(lang: str) -> st.SearchStrategy[Edition]:
    credits = st.builds(Credit, st.sampled_from(["reported", "translated", "edited", "photo"]), words, words)
    body = st.lists(paragraphs, min_size=1, max_size=4).map(tuple)
    return st.builds(Edition, st.just(lang), headline, words, body, st.lists(credits, max_size=3).map(tuple))


spoken = (
    words | st.just({}) | st.fixed_dictionaries({"ko": headline, "en": headline})
)  # one text, as it was before
acts = st.builds(
    PublicAct, tokens, st.just("extortion"), st.sampled_from(["accepted", "conflict", "open"]),
    st.just("hoeryong"), st.sampled_from(["", "KP-09"]), st.none(), st.none() | days, words, spoken, spoken,
    decimals, st.just("KPW"), st.none() | st.just("paid"),
)  # fmt: skip


both = st.fixed_dictionaries({"ko": headline, "en": headline})
sides = st.integers(1, 2000)
photos = st.builds(
    Photo, st.from_regex(r"[0-9a-f]{64}", fullmatch=True), st.sampled_from(["image/jpeg", "image/png"]),
    sides, sides, headline, headline, both, st.fixed_dictionaries({}, optional={"ko": words, "en": words}),
)  # fmt: skip

attachments = st.builds(
    Attachment, st.from_regex(r"[0-9a-f]{64}", fullmatch=True), st.sampled_from(list(ENDINGS)),
    st.integers(1, MAX_ATTACHMENT_BYTES), both,
)  # fmt: skip


@pytest.fixture
def releases() -> st.SearchStrategy[Release]:
    """Any correction of any story."""
    return st.builds(
        Release,
        story=tokens, slug=st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){1,2}", fullmatch=True),
        version=st.integers(2, 9999), kind=st.just("correction"), released_on=st.just(date(2100, 1, 2)),
        first_released_on=days, masthead=st.just(MASTHEAD),
        editions=st.tuples(editions("ko"), editions("en")),
        acts=st.lists(acts, max_size=3, unique_by=lambda act: act.id).map(tuple),
        notes=st.tuples(st.builds(CorrectionNote, days, both)), photo=st.none() | photos,
        attachment=st.none() | attachments,
    )  # fmt: skip
