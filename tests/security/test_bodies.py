"""Every form's door, given another member's objects in the body: answered like naming nothing, and to no effect.

Which names a door reads is seen by watching it read them, so a door or a field that is new is tried by itself; a
name that is in neither table below fails. The numbers of addresses are in test_objects.py.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.http import QueryDict

from nightdesk.desk.staff import tries

pytestmark = pytest.mark.django_db
MEMBERS = ("editor", "bob", "dana", "charlie", "keyholder", "translator", "analyst")
# A name in a form -> the kinds of object it may stand for; "paragraph" is either.
NAMES_OBJECTS = {
    "account": "account", "after": "paragraph", "beside": "account", "claim": "claim|token", "claims": "claim",
    "decision": "decision", "draft": "draft", "finding": "finding", "key": "finding", "also": "finding",
    "lifting": "lifting", "paragraph": "paragraph", "purge": "purge", "request": "request",
    "session": "session", "source": "source", "story": "story", "version": "version",
}  # fmt: skip
# Tries below which the test would be blind; whoever has no story, claim or source is refused before a body is read.
LEAST = {
    "editor": 30,
    "bob": 100,
    "dana": 100,
    "charlie": 30,
    "keyholder": 30,
    "translator": 25,
    "analyst": 15,
}
# Names of people and of what a whole room shares: whoever may open the door may name any of them.
SHARED = {"member", "holder", "asked_by", "acts", "campaign", "group", "username", "relay", "place"}
# Everything else that a door reads: words, days, sums, choices, the count of a text's revision.
PLAIN = {
    "act", "actor", "again", "age", "alt_en", "alt_ko", "amount", "answer", "approximate", "as_of", "at", "back",
    "base_revision", "basis", "byline", "caption_en", "caption_ko", "channel", "citation", "code", "contact_on",
    "credibility", "credit", "csrfmiddlewaretoken", "currency", "danger_word", "danger_words", "days",
    "earliest", "early", "en", "end", "ended", "everywhere", "expires", "family", "fingerprint", "first", "heading", "high",
    "keyholder", "kind", "knowers", "knowers_high", "knowers_low", "ko", "label", "lang", "language", "latest",
    "licence", "licence_note", "limits", "lines", "look", "lose", "lost", "low", "means", "name", "names", "new", "next",
    "next_on", "next_window", "note", "note_en", "note_ko", "offer", "old", "on", "one_editor", "other", "outlet", "over", "page", "part", "party",
    "passphrase", "per_usd", "phones", "places", "pseudonym", "public", "purposes", "reach", "reason",
    "reliability", "revision", "role", "said_on", "second", "seen", "sex", "slug", "source_lang", "start", "statement",
    "status", "sum_role", "summary", "text", "title", "title_en", "title_ko", "to", "typed_words", "unread", "until", "via", "when", "window",
    "wish", "word", "words", "worst_case", "worst_case_on", "year",
}  # fmt: skip
# Each answer holds a new secret to enrol: no two are alike, and no object is named there.
NEW_EACH_TIME = {"staff:enrol"}
# A version of a sealed card is a count, not a row; the doors of these rooms read no paragraph's version.
NOT_THERE = {("sources:", "version"), ("sources:", "name")}


class Read(QueryDict):
    """A form's values that remember which names were asked for."""

    asked: ClassVar[set[str]] = set()

    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(noted(name))

    def __contains__(self, name: object) -> bool:
        return super().__contains__(noted(str(name)))

    def getlist(self, name: str, default: Any = None) -> Any:
        return super().getlist(noted(name), default)

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(noted(name), default)


def noted(name: str) -> str:
    """Unless it is asked by what gives every name back, whatever it is: a refused page with the words typed."""
    frames = [sys._getframe(depth) for depth in (2, 3, 4)]
    if not any(Path(frame.f_code.co_filename).name == "typed.py" for frame in frames):
        Read.asked.add(name)
    return name


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", Read)
    monkeypatch.setattr("django.http.request.QueryDict", Read)
    monkeypatch.setattr("django.http.QueryDict", Read)  # a form in parts


@pytest.fixture(scope="module")
def filled(desk: Any) -> Any:
    """The desk with what only bodies name: decisions, drafts, sessions, liftings, purges, requests, of each side."""
    from nightdesk.desk.care.models import Danger, Lifting, Purge
    from nightdesk.desk.review.models import Decision
    from nightdesk.desk.sources.models import Card, Reveal, Source
    from nightdesk.desk.staff.models import SignedIn
    from nightdesk.desk.stories.models import PrivateDraft, Story

    people, now = desk.rows["people"], desk.doors.NOW
    desk.holds("decision", desk.rows["decision"], "editor")
    desk.holds("finding", "k" * 8, "editor")
    for number, story in enumerate(Story.objects.exclude(pk=desk.rows["story"].pk)):
        row = Decision.objects.create(
            story=story, key=f"q{number}" * 4, kind="exact sum", severity="red", verb="keep", reason="known",
            member=people["dana"], made_at=now,
        )  # fmt: skip
        desk.holds("decision", row)  # a decision of another story than the address names
        desk.holds("finding", row.key)
        edition = story.editions.first()
        assert edition is not None
        for who in ("dana", "editor"):
            facts = {"heading": who == "editor", "text": "words of one", "base_revision": 1, "saved_at": now}
            desk.holds(
                "draft", PrivateDraft.objects.create(member=people[who], edition=edition, **facts), who
            )
    for source in Source.objects.exclude(pk=desk.rows["source"].pk):
        danger = Danger.objects.create(source=source, reason="x", marked_by=people["dana"], marked_at=now)
        lifting = Lifting.objects.create(danger=danger, first=people["dana"], first_reason="x", first_at=now)
        desk.holds("lifting", lifting)
        purge = Purge.objects.create(
            source=source, names=[], reason="x", asked_by=people["dana"], asked_at=now
        )
        desk.holds("purge", purge, "editor")
        for card in Card.objects.filter(source=source):
            asked = Reveal.objects.create(
                card=card,
                asks=people["dana"],
                session="s" * 64,
                reason="x",
                wish="look",
                version=1,
                asked_at=now,
            )
            desk.holds("request", asked, "dana")
    for row in SignedIn.objects.select_related("member"):
        whose = [who for who, member in people.items() if row.member == member]
        desk.holds("session", row, *whose)
    return desk


def body(desk: Any, door: str, who: str) -> dict[str, str]:
    """What the door wants around the one name: the member's own story, words for what asks for words."""
    own = {"story": str(desk.own(who, "story")), "text": "words", "base_revision": "1", "reason": "words",
           "title": "a story", "source_lang": "ko", "start": "0", "end": "4"}  # fmt: skip
    return own | desk.doors.brought(door, desk.rows)


def names_read(desk: Any, door: str, url: str, who: str) -> set[str]:
    """Which names the door reads from the body of this member's form."""
    Read.asked = set()
    with desk.undone():
        desk.clients[who].post(url, body(desk, door, who))
    return set(Read.asked)


def strangers(desk: Any, door: str, name: str, who: str) -> Iterator[tuple[Any, Any]]:
    """(what is another's, what is nobody's) for each object the name may stand for, two of a kind."""
    handed = "handed " if door.startswith("translation:") and name in ("story", "paragraph", "after") else ""
    for kind in NAMES_OBJECTS[name].split("|"):
        kind = handed + kind
        others = [key for key, holders in desk.held.get(kind, {}).items() if who not in holders]
        absent = "y" * 24 if kind == "token" else "z" * 8 if kind == "finding" else desk.ABSENT
        for key in others[:2]:
            yield key, absent


@contextmanager
def telling(desk: Any) -> Iterator[dict[str, Any]]:
    """What was written within, undone afterwards."""
    found: dict[str, Any] = {}
    before = desk.changes()
    with desk.undone():
        yield found
        found["wrote"] = desk.changes() - before


def answer_of(desk: Any, who: str, url: str, data: dict[str, str], key: Any) -> tuple[Any, ...]:
    tries.reset()
    with telling(desk) as found:
        answer = desk.clients[who].post(url, data)
        status, text = desk.said(answer, {"beside": key})
        text = re.sub(rf"(?<!\d){re.escape(str(key))}(?!\d)", "N", text)
        where = re.sub(rf"(?<!\d){re.escape(str(key))}(?!\d)", "N", answer.get("Location") or "")
    return status, where, text, found["wrote"]


def posting(desk: Any) -> Iterator[tuple[str, Any]]:
    for door, pattern in desk.doors.doors():
        if any(row != "405" for row in desk.written[door, "POST"].values()):
            yield door, pattern.pattern.converters


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("who", MEMBERS)
def test_a_form_that_names_what_is_anothers_is_answered_like_one_that_names_nothing(
    filled: Any, who: str
) -> None:
    wrong, unknown, tried = [], set(), 0
    for door, converters in posting(filled):
        if filled.written[door, "POST"][filled.row_of(who)] in ("403", "405") or door in NEW_EACH_TIME:
            continue  # the role is refused before anything is read; test_doors.py and test_objects.py hold that
        url = filled.address(door, converters, who)
        for name in names_read(filled, door, url, who):
            room = f"{door.split(':')[0]}:"
            if name in PLAIN | SHARED or name.startswith("loses_") or (room, name) in NOT_THERE:
                continue
            if name not in NAMES_OBJECTS:
                unknown.add((door, name))
                continue
            for key, absent in strangers(filled, door, name, who):
                data = body(filled, door, who)
                theirs = answer_of(filled, who, url, data | {name: str(key)}, key)
                nobodys = answer_of(filled, who, url, data | {name: str(absent)}, absent)
                tried += 1
                if theirs != nobodys:
                    wrong.append((door, name, key, theirs[:2], nobodys[:2], theirs[3], nobodys[3]))
    assert unknown == set(), "say in NAMES_OBJECTS, SHARED or PLAIN what these names of forms stand for"
    assert wrong == []
    assert tried >= LEAST[who], "hardly anything was tried"
