"""Every door of the desk against docs/doors.md: who gets in, who is refused, nothing unlisted.

The newsroom here is small and complete: a source handled by Bob, her report, a claim, a story handed
to translation, a release. Charlie is a reporter cleared for nobody, Kim the same with the mark of a
keyholder; the stranger is not signed in. tests/security walks the same newsroom: what is added to
`build`, `arguments` and `brought` for a new door serves both.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, include, path, reverse
from django.urls.resolvers import RegexPattern
from pytest_django import DjangoDbBlocker

DOORS = Path(__file__).parents[1] / "docs" / "doors.md"
WHO = ("editor", "bob", "charlie", "keyholder", "translator", "analyst", "stranger")
METHODS = ("GET", "POST")
REFUSED = frozenset({"401", "403", "404", "405", "410", "sign in"})
KEYHOLDERS_ONLY = {  # doors the mark opens beyond the role
    "staff:add", "staff:let_in", "staff:shut_out", "staff:member", "staff:end_sessions_of", "staff:vouch",
    "staff:propose_recovery", "staff:agree_recovery", "staff:stop_recovery",
}  # fmt: skip
Row = dict[str, str]
NOW = datetime(2023, 12, 18, 9, tzinfo=UTC)


def doors(resolver: URLResolver | None = None, space: str = "") -> list[tuple[str, URLPattern]]:
    """Every named URL of the desk as (namespaced name, pattern)."""
    found: list[tuple[str, URLPattern]] = []
    for each in (resolver or get_resolver("nightdesk.desk.urls")).url_patterns:
        if isinstance(each, URLResolver):
            found += doors(each, f"{each.namespace}:" if each.namespace else space)
        else:
            found.append((f"{space}{each.name}", each))
    return found


def table() -> dict[tuple[str, str], Row]:
    """docs/doors.md: (door, method) -> {who: status}."""
    rows: dict[tuple[str, str], Row] = {}
    for line in DOORS.read_text("utf-8").splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        if len(cells) == len(WHO) + 2 and re.fullmatch(r"[a-z_:]+", cells[0]) and cells[1] in METHODS:
            rows[cells[0], cells[1]] = dict(zip(WHO, cells[2:], strict=True))
    return rows


def opened(who: str) -> set[str]:
    """The doors that lead somewhere for this person, by either method."""
    return {name for (name, _method), row in table().items() if row[who] not in REFUSED}


def differences(found: dict[tuple[str, str], Row], written: dict[tuple[str, str], Row]) -> str:
    """The rows of docs/doors.md that have to be written, changed or taken out; empty when it is right."""
    lines = [
        f"| `{door}` | {method} | " + " | ".join(row[who] for who in WHO) + " |"
        for (door, method), row in sorted(found.items()) if written.get((door, method)) != row
    ]  # fmt: skip
    lines += [f"no such door: `{door}` by {method}" for door, method in sorted(set(written) - set(found))]
    return chr(10).join(lines)


@pytest.fixture(scope="module")
def newsroom(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Any:
    """Rows for every kind of object, made once; each knock is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def build() -> dict[str, Any]:
    from nightdesk.desk.claims.models import Account, Claim, Event, Judgement
    from nightdesk.desk.clock import machine
    from nightdesk.desk.incidents.models import Act, Campaign
    from nightdesk.desk.intake.models import Arrival
    from nightdesk.desk.releases.models import Release
    from nightdesk.desk.replies.models import Reply
    from nightdesk.desk.reports.models import OwnTerm, Report
    from nightdesk.desk.review.models import Clearance, Decision, GroupTable, Review, StateMedia
    from nightdesk.desk.review.remembering import remember_now
    from nightdesk.desk.sources import cards, sealing
    from nightdesk.desk.sources.models import Contact, Relay, Source
    from nightdesk.desk.sources.tests.keyed import give_key
    from nightdesk.desk.staff.models import Factor, Member, Recovery
    from nightdesk.desk.stories import versions
    from nightdesk.desk.stories.models import (
        Attachment,
        Edition,
        MarketRate,
        Paragraph,
        Photo,
        Story,
        StoryTerm,
    )
    from nightdesk.desk.translation.models import Term

    def member(name: str, role: str, **facts: Any) -> Member:
        phrase = "five words that nobody guesses"
        return Member.objects.create_member(name, phrase, role=role, byline=name, **facts)

    people = {
        "editor": member("Alice", "editor", keyholder=True), "bob": member("Bob", "reporter"), "charlie": member("Charlie", "reporter"),
        "keyholder": member("Kim", "reporter", keyholder=True),
        "translator": member("Tariq", "translator"), "analyst": member("Ana", "analyst"),
    }  # fmt: skip
    alice = people["editor"]
    # Keys of their own; the sessions that knock hold none, so that a card's door answers with a sentence.
    keys = {who: give_key(people[who]) for who in ("editor", "bob", "charlie")}
    source = Source.objects.create(pseudonym="crane", made_on=NOW.date())
    source.cleared.add(people["bob"])
    bob = people["bob"]
    invented = sealing.Card(name="invented")
    cards.write(bob, keys["bob"], source, invented, 0, {bob.pk: sealing.fingerprint(bob.public_key)})
    relay = Relay.objects.create(name="relay-yanji")
    contact = Contact.objects.create(source=source, on=date(2023, 12, 15), channel="voice")
    refused = Arrival.objects.create(
        digest="0" * 64, envelope=b"x", arrived_on=NOW.date(), collected_at=NOW, refused="damaged"
    )
    report = Report.objects.create(
        source=source, relay=relay, lang="ko", contact_on=date(2023, 12, 15), channel="voice",
        text="회령시 보위부가 2만 위안을 내라고 했다.", received_at=NOW, reply_secret="5a" * 32,
    )  # fmt: skip
    event = Event.objects.create(engine_id="e1")
    account = Account.objects.create(report=report, start=0, end=len(report.text), event=event)
    claim = Claim.objects.create(
        account=account, words_start=0, words_end=6, statement="asked for money", act="extortion",
        amount=20000, currency="CNY", sum_role="demanded", basis="eyewitness", made_by=alice, made_at=NOW,
    )  # fmt: skip
    judgement = Judgement.objects.create(
        kind="apart",
        account=account,
        other=account,
        why="crane",
        by=bob,
        at=NOW,
        taken_back_by=bob,
        taken_back_at=NOW,
    )
    story = Story.objects.create(
        slug="sweep", public_id="a1" * 12, begun_by=alice, begun_at=NOW, ready_to_translate_at=NOW
    )
    korean = Edition.objects.create(story=story, lang="ko", title="단속")
    english = Edition.objects.create(story=story, lang="en", title="Sweep", translated_title="단속")
    paragraph = Paragraph.objects.create(edition=korean, position=1, text="단속이 있었다.")
    paragraph.claims.add(claim)
    pair = Paragraph.objects.create(
        edition=english,
        position=1,
        text="There was a sweep.",
        translates=paragraph,
        translated_text=paragraph.text,
    )
    Photo.objects.create(
        story=story, image=b"\xff\xd8", sha256="e" * 64, media_type="image/jpeg", width=3, height=2, credit="Dana",
        licence="own photo", placed_by=alice, placed_at=NOW,
    )  # fmt: skip
    Attachment.objects.create(
        story=story, file=b"%PDF-1.5", sha256="f" * 64, media_type="application/pdf", size=8, placed_by=alice,
        placed_at=NOW,
    )  # fmt: skip
    version = versions.keep_version(story, "first", alice)
    review = Review.objects.create(
        story=story, fingerprint="f" * 64, made_by=alice, made_at=NOW, release_on=NOW.date()
    )
    decision = Decision.objects.create(
        story=story, key="k" * 8, kind="exact sum", severity="red", verb="keep", reason="known",
        member=member("Erin", "editor", keyholder=True), made_at=NOW,
    )  # fmt: skip
    gone = member("Gone", "reporter", is_active=False)
    recovery = Recovery.objects.create(
        member=people["bob"], lost="both", first=decision.member, first_half="!", first_at=machine()
    )
    factor = Factor.objects.create(member=alice, kind="code", secret=b"", enrolled_at=NOW)
    clearance = Clearance.objects.create(
        story=story, review=review, fingerprint="f" * 64, cleared_by=alice, cleared_at=NOW
    )
    release = Release.objects.create(
        story=story, version=1, kind="release", clearance=clearance, document=document(story.public_id), signature=b"{}",
        digest="d" * 64, released_by=alice, released_at=NOW,
    )  # fmt: skip
    remember_now(release)  # as in the transaction that lets one out
    act = Act.objects.create(claim_token=claim.token, act="extortion", status="open", coded_at=NOW)
    return {
        "people": people, "keys": keys, "source": source, "contact": contact, "arrival": refused, "report": report,
        "account": account, "judgement": judgement, "event": event, "claim": claim, "story": story, "edition": korean,
        "paragraph": paragraph, "pair": pair, "version": version, "review": review, "decision": decision,
        "release": release, "act": act, "campaign": Campaign.objects.create(title="Year end"),
        "table": GroupTable.objects.create(
            group="brokers", place="Hoeryong", low=40, high=120, basis="desk", as_of="2023-11", expires="2024-05"
        ),
        "said": StateMedia.objects.create(outlet="신문", on=NOW.date(), text="벌금 2만 위안을 물렸다."),
        "rate": MarketRate.objects.create(currency="KPW", per_usd=8500, on=NOW.date(), basis="market"),
        "member": people["charlie"], "gone": gone, "recovery": recovery, "factor": factor,
        "term": Term.objects.create(ko="보위부", en="Ministry of State Security"),
        "reply": Reply.objects.create(
            report=report, text="다시 전화하겠습니다.", written_by=people["bob"], written_at=NOW, until=date(2099, 1, 1)
        ),
        "story term": StoryTerm.objects.create(
            story=story, text="리철", lang="ko", on=NOW.date(), start=0, end=2, words="리철", kind="person", means="리철",
            value={"name": "리철"}, made_by=people["bob"], made_at=NOW,
        ),
        "own term": OwnTerm.objects.create(
            report=report, start=0, end=7, words=report.text[:7], kind="person", means="리철", value={"name": "리철"},
            made_by=people["bob"], made_at=NOW,
        ),
    }  # fmt: skip


def document(public_id: str) -> bytes:
    """The bytes of a small, sound Release."""
    from nightdesk.release import model
    from nightdesk.release.codec import to_bytes

    masthead = model.Masthead(
        {"en": "Post", "ko": "포스트"}, ("ko", "en"), {"en": "Unnamed.", "ko": "무기명."}
    )
    credits = (model.Credit("reported", "Alice"),)
    paragraphs = (model.Paragraph((model.Text("단속이 있었다."),)),)
    editions = (
        model.Edition("ko", "단속", "", paragraphs, credits),
        model.Edition("en", "Sweep", "", paragraphs, credits),
    )
    day = NOW.date()
    return to_bytes(model.Release(public_id, "sweep", 1, "release", day, day, masthead, editions, (), ()))


# What a door's integer stands for, by the door's name; the app's own object where none is named.
OBJECT_OF = {
    "care": "source", "sources": "source", "intake": "arrival", "reports": "report", "claims": "claim", "stories": "story",
    "translation": "story", "review": "story", "releases": "story", "incidents": "act", "custody": "report", "staff": "member",
}  # fmt: skip

# Doors whose number is another object's than their room's usual one.
THERE = {
    "staff:let_in": "gone", "claims:event": "event", "claims:split": "account", "claims:join": "account",
    "claims:judge": "account", "claims:take_back": "judgement",
    "replies:reply": "report", "replies:take_off": "reply", "reports:term": "own term", "reports:term_aside": "own term", "stories:term_aside": "story term",
    "translation:term": "term", "translation:remove_term": "term", "translation:translate": "paragraph",
    "translation:keep": "paragraph", "review:table_edit": "table", "review:table_remove": "table",
    "review:state_media_edit": "said", "review:state_media_remove": "said",
    **{f"stories:{verb}": "paragraph" for verb in ("save", "move", "remove", "claims", "attach", "detach")},
}  # fmt: skip


def arguments(name: str, pattern: URLPattern, rows: dict[str, Any]) -> dict[str, Any]:
    """Values for the door's parameters, from the small newsroom."""
    given: dict[str, Any] = {}
    for parameter in pattern.pattern.converters:
        kind = parameter.removesuffix("_pk").removesuffix("_id")
        row = rows.get(THERE.get(name, kind)) or rows[OBJECT_OF[name.split(":")[0]]]
        given[parameter] = {
            "path": "index.html", "kind": "group", "lang": "ko", "token": rows["claim"].token, "key": "k" * 8,
        }.get(parameter, row.pk)  # fmt: skip
    return given


def brought(name: str, rows: dict[str, Any]) -> dict[str, str]:
    """What a visitor must bring so that the door knows which thing is meant."""
    given = {
        "claims:new": {"account": rows["account"].pk, "start": 0, "end": 6},
        "incidents:code": {"claim": rows["claim"].token},
        "review:second": {"decision": rows["decision"].pk},
        "review:undo": {"decision": rows["decision"].pk},
        "review:address": {"slug": "another-sweep"},
        "review:for_record": {"claim": rows["claim"].token},
        "review:still_fits": {"paragraph": rows["paragraph"].pk},
        "care:answer": {"reason": "She is home again.", "lifting": 1},
        "care:propose": {"reason": "She is home again."},
        "sources:clear": {"member": rows["people"]["charlie"].pk},
        "sources:unclear": {"member": rows["people"]["bob"].pk, "lose": 1},
        "sources:give_card": {"member": rows["people"]["charlie"].pk},
        "staff:remove_factor": {"passphrase": "five words that nobody guesses"},
        "stories:correct": {"lang": "ko"},
        "stories:attach": {"claim": rows["claim"].pk},
        "stories:detach": {"claim": rows["claim"].pk},
        "stories:save": {"text": "words", "base_revision": 1},
        "translation:translate": {"text": "words", "base_revision": 1, "seen": 1},
        "stories:put_back": {"version": rows["version"].pk, "paragraph": rows["paragraph"].pk},
    }  # fmt: skip
    return {key: str(value) for key, value in given.get(name, {}).items()}


def knock(client: Client, url: str, method: str, data: dict[str, str]) -> str:
    """The status of the answer, or "sign in" where a stranger is led. Whatever was written is undone."""
    with transaction.atomic():
        answer = client.get(url, data) if method == "GET" else client.post(url, data)
        transaction.set_rollback(True)
    if answer.status_code in (301, 302) and "/sign-in/" in answer["Location"]:
        return "sign in"
    assert answer.status_code != 500, url
    return str(answer.status_code)


def visitors(people: dict[str, Any]) -> dict[str, Client]:
    """A signed-in client for everybody of the table. They share one handler: loading it takes most of a request."""
    clients: dict[str, Client] = {}
    handler = ClientHandler(enforce_csrf_checks=False)
    for who in WHO:
        clients[who] = Client()
        clients[who].handler = handler
        if who != "stranger":
            clients[who].force_login(people[who])
    return clients


def seen(newsroom: dict[str, Any]) -> dict[tuple[str, str], Row]:
    """What each door does for each person by each method, found out by knocking."""
    found: dict[tuple[str, str], Row] = {}
    clients = visitors(newsroom["people"])
    kept = {who: client.cookies.copy() for who, client in clients.items()}
    for name, pattern in doors():
        url = reverse(name, kwargs=arguments(name, pattern, newsroom), urlconf="nightdesk.desk.urls")
        for method in METHODS:
            row: Row = {}
            for who in WHO:
                row[who] = knock(clients[who], url, method, brought(name, newsroom))
                clients[who].cookies = kept[who].copy()  # whatever signed somebody out
            found[name, method] = row
    return found


@pytest.fixture
def without_the_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line at the side is on every page and takes half its time; tests of the line look at it."""
    monkeypatch.setattr("nightdesk.desk.line.stages_of", lambda *given: [])


@pytest.mark.django_db
@pytest.mark.usefixtures("without_the_side")
def test_every_door_does_for_everybody_exactly_what_the_table_says(newsroom: dict[str, Any]) -> None:
    wrong = differences(seen(newsroom), table())
    assert not wrong, f"docs/doors.md differs; the doors are now:\n{wrong}"


@pytest.mark.django_db
@pytest.mark.usefixtures("without_the_side")
def test_without_its_token_no_form_passes_any_door_and_no_row_changes(newsroom: dict[str, Any]) -> None:
    clients = visitors(newsroom["people"])
    handler = ClientHandler(enforce_csrf_checks=True)
    before = connection.connection.total_changes
    for name, pattern in doors():
        url = reverse(name, kwargs=arguments(name, pattern, newsroom), urlconf="nightdesk.desk.urls")
        for who in ("editor", "stranger"):
            clients[who].handler = handler
            assert clients[who].post(url, brought(name, newsroom)).status_code == 403, (name, who)
    assert connection.connection.total_changes == before


def test_a_new_door_without_a_row_is_found_and_fails() -> None:
    """The test of the test: another address in a room, one without a name, and a row for a door that is gone."""
    new = [path("x/<int:pk>/", lambda request, pk: None, name="new_room"), path("y/", lambda request: None)]
    found = doors(URLResolver(RegexPattern(r"^"), [path("deep/", include((new, "care")))]))
    assert [name for name, _pattern in found] == ["care:new_room", "care:None"]
    row = dict.fromkeys(WHO, "200")
    assert "care:new_room" in differences({("care:new_room", "GET"): row}, table())
    assert "no such door: `home` by POST" in differences({}, table())
    assert not any("None" in door for door, _method in table())


def test_strangers_pass_only_the_sign_in() -> None:
    assert opened("stranger") == {"staff:sign_in", "staff:recover", "language"}


def test_the_mark_of_a_keyholder_opens_only_the_doors_listed_here() -> None:
    differ = {name for (name, _method), row in table().items() if row["keyholder"] != row["charlie"]}
    assert differ == KEYHOLDERS_ONLY


def test_charlie_who_is_cleared_for_nobody_opens_nothing_that_belongs_to_a_source() -> None:
    objects = {
        "sources:source", "reports:report", "claims:claim", "claims:event", "stories:story", "releases:story",
    }  # fmt: skip
    assert not opened("charlie") & objects


def test_translators_open_nothing_before_the_editions() -> None:
    before = (
        "sources:", "intake:", "reports:", "claims:", "stories:", "review:", "releases:", "incidents:", "custody:",
        "care:",
    )  # fmt: skip
    assert not [name for name in opened("translator") if name.startswith(before)]


def test_analysts_see_the_record_and_no_source() -> None:
    closed = (
        "sources:", "intake:", "reports:", "claims:", "stories:", "translation:", "review:", "releases:", "custody:",
        "care:",
    )  # fmt: skip
    assert not [name for name in opened("analyst") if name.startswith(closed)]
