"""Every object of a filled desk, tried as every member at every door that names one.

Who may hold what comes from conftest.py, not from `visible_to`. A refusal is 404, the same to a letter
for what is another's and for what is not there, and changes no row. A new door that takes a number is
found by itself and fails until NAMES says what its number is.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.http import HttpResponse

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST")
MEMBERS = ("editor", "bob", "dana", "charlie", "keyholder", "translator", "analyst")
# Doors that want one thing more (a preview that was built, a draft of one's own): 404 to holders too.
WANT_MORE = {"releases:preview_file", "stories:drop", "translation:drop"}
# Doors where it is not the role that refuses, but what the object is to the member: a card, words kept for the eyes
# of those who are cleared, a claim in use, a story that somebody else began.
CLEARED_ALONE = (
    "sources:card", "sources:write_card", "sources:give_card", "sources:card_needs_two", "sources:ask_card",
    "sources:answer_card", "sources:take_back_card", "reports:mark_eyes_only", "reports:open_eyes_only", "reports:unmark_eyes_only",
)  # fmt: skip
REFUSE_LATER = {
    *((door, "editor") for door in CLEARED_ALONE),
    ("claims:remove", "bob"),
    ("stories:set_aside", "bob"),
    ("stories:take_back", "bob"),
}


def objects(
    desk: Any, door: str, converters: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
    """Every way to fill in a door's numbers, with who holds what is meant; last, what is not there."""
    kinds = desk.named(door, converters)
    fixed = {name: value for name, value in desk.FIXED.items() if name in converters}
    for pks in product(*(desk.held[kind] for kind in kinds.values())):
        holders = [desk.held[kind][pk] for kind, pk in zip(kinds.values(), pks, strict=True)]
        together = frozenset.intersection(*holders)
        if "version_pk" in kinds and not belongs(desk, *pks):
            together = frozenset()
        yield {**fixed, **dict(zip(kinds, pks, strict=True))}, together


def belongs(desk: Any, story: int, version: int) -> bool:
    from nightdesk.desk.stories.models import Version

    return Version.objects.filter(pk=version, story=story).exists()


def takes_numbers(desk: Any) -> list[tuple[str, dict[str, Any]]]:
    found = [(name, pattern.pattern.converters) for name, pattern in desk.doors.doors()]
    return [(name, converters) for name, converters in found if set(converters) - set(desk.FIXED)]


def ask(desk: Any, who: str, method: str, url: str, data: dict[str, str]) -> HttpResponse:
    client = desk.clients[who]
    return client.get(url, data) if method == "GET" else client.post(url, data)


def faults(
    desk: Any,
    door: str,
    converters: dict[str, Any],
    method: str,
    who: str,
    by_role_said: list[tuple[int, str]],
) -> Iterator[str]:
    """What is wrong with one door for one member by one method, in words.

    Where the role refuses, nearly every door says the same: `by_role_said` keeps what the first said of a number
    nobody has, and a door that says something else is asked itself.
    """
    cell = desk.written[door, method][desk.row_of(who)]
    if cell == "405":
        return
    by_role = cell == "403" and (door, desk.row_of(who)) not in REFUSE_LATER
    data = desk.doors.brought(door, desk.rows)
    absent = dict.fromkeys(desk.named(door, converters), desk.ABSENT)
    absent |= {name: value for name, value in desk.FIXED.items() if name in converters}

    def of_nothing() -> tuple[int, str]:
        with desk.undone():
            return desk.said(ask(desk, who, method, desk.url(door, **absent), data), absent)

    if not by_role:
        nothing = of_nothing()
    else:
        by_role_said[:] = by_role_said or [of_nothing()]
        [nothing] = by_role_said
    tries = list(objects(desk, door, converters))
    theirs = [one for one in tries if who in one[1]][:2]  # what opens is shown twice; what must not, always
    tries = [one for one in tries if who not in one[1]] + theirs
    for kwargs, holders in tries[:1] if by_role else tries:
        url, before = desk.url(door, **kwargs), desk.changes()
        with desk.undone():
            answer = desk.said(ask(desk, who, method, url, data), kwargs)
            opens = who in holders and not by_role
            touched = not opens and desk.changes() != before and desk.digest() != desk.before
        if opens:
            if answer[0] == 404 and door not in WANT_MORE and set(data) <= {"passphrase"}:
                yield f"{who} holds {url} and is refused by {method}"
            continue
        if answer[0] != (403 if by_role else 404):
            yield f"{who} does not hold {url} and gets {answer[0]} by {method}"
        elif answer != nothing and answer != (of_nothing() if by_role else nothing):
            yield f"{url} tells {who} by {method} that it is there"
        if touched:
            yield f"{who} was refused {url} by {method}, and rows were written"


@pytest.mark.parametrize("who", MEMBERS)
def test_an_object_opens_for_its_holders_and_is_not_there_for_anybody_else(desk: Any, who: str) -> None:
    by_role_said: list[tuple[int, str]] = []
    wrong = [
        fault
        for door, converters in takes_numbers(desk)
        for method in METHODS
        for fault in faults(desk, door, converters, method, who, by_role_said)
    ]
    assert wrong == []


def test_a_door_whose_number_nobody_described_fails(desk: Any) -> None:
    with pytest.raises(AssertionError, match="say in NAMES"):
        desk.named("cards:open", {"pk": None})
    with pytest.raises(AssertionError, match="say in NAMES"):
        desk.named("sources:note", {"note_pk": None})


# What a form or a query may name beside the address: the door, the field, the kind, how it is sent.
BESIDE = [
    ("claims:new", "account", "account", "GET"), ("claims:new", "account", "account", "POST"),
    ("stories:new", "claim", "claim", "GET"), ("stories:new", "claims", "claim", "POST"),
    ("stories:attach", "claim", "claim", "POST"), ("stories:detach", "claim", "claim", "POST"),
    ("stories:put_back", "version", "version", "POST"), ("stories:add", "after", "paragraph", "POST"),
    ("stories:autosave", "paragraph", "paragraph", "POST"), ("stories:save", "pk", "paragraph", "POST"),
    ("reports:list", "source", "source", "GET"), ("care:answer", "lifting", "story", "POST"),
    ("incidents:code", "claim", "token", "POST"), ("review:for_record", "claim", "token", "POST"),
    ("translation:translate", "pk", "handed paragraph", "POST"),
    ("translation:autosave", "paragraph", "handed paragraph", "POST"),
    ("stories:typed", "paragraph", "paragraph", "POST"),
    ("translation:typed", "paragraph", "handed paragraph", "POST"),
]  # fmt: skip
WITH = {
    "claims:new": {"start": "0", "end": "4"}, "stories:new": {"title": "a story", "source_lang": "ko"},
    "stories:put_back": {"paragraph": "1"}, "stories:autosave": {"text": "words", "base_revision": "1"},
    "stories:save": {"text": "words", "base_revision": "1"},
    "translation:translate": {"text": "words", "base_revision": "1"},
    "translation:autosave": {"text": "words", "base_revision": "1"},
    "stories:typed": {"text": "{money:c1} {money:c2}"}, "translation:typed": {"text": "{money:c1} {money:c2}"},
    "care:answer": {"reason": "She is home again.", "answer": "agree"},
}  # fmt: skip


@pytest.mark.parametrize(("door", "field", "kind", "method"), BESIDE)
@pytest.mark.parametrize("who", ["bob", "translator", "analyst"])
def test_naming_what_is_anothers_is_answered_like_naming_nothing(
    desk: Any, door: str, field: str, kind: str, method: str, who: str
) -> None:
    """Everything around it is the member's own: only the one number beside it is another's, or nobody's."""
    converters = dict(takes_numbers(desk)).get(door, {})
    if desk.written[door, method][desk.row_of(who)] == "403":
        return  # the role is refused before anything is looked for
    absent = "y" * 24 if kind == "token" else desk.ABSENT
    answers = []
    for key in [*(key for key, holders in desk.held[kind].items() if who not in holders), absent]:
        kwargs = {
            name: key if name == field else desk.own(who, named_kind)
            for name, named_kind in desk.named(door, converters).items()
        }
        data = {"story": str(desk.own(who, "story")), **WITH.get(door, {}), field: str(key)}
        with desk.undone():
            answer = ask(desk, who, method, desk.url(door, **kwargs), data)
            status, body = desk.said(answer, kwargs | {"beside": key})
            answers.append((status, answer.get("Location"), re.sub(rf"(?<!\d){key}(?!\d)", "N", body)))
    assert len(answers) > 1
    for given in answers[:-1]:
        assert given[:2] == answers[-1][:2]
        assert list(difflib.unified_diff(given[2].splitlines(), answers[-1][2].splitlines(), n=0)) == []


@pytest.mark.parametrize("who", MEMBERS)
def test_lists_searches_and_their_counts_hold_nothing_of_anothers(desk: Any, who: str) -> None:
    """The words of a hidden source appear nowhere, and its number is in no link."""
    hidden = {"heron", "stork", "혜산"} if who not in ("editor", "dana") else {"stork"}
    hidden = set() if who == "editor" else hidden
    for door, pattern in desk.doors.doors():
        if pattern.pattern.converters or desk.written[door, "GET"][desk.row_of(who)] != "200":
            continue
        page = desk.clients[who].get(desk.url(door), {"q": "말"}).content.decode()
        assert [word for word in hidden if word in page] == [], door
