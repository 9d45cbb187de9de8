"""Every door of the desk against docs/doors.md: who gets in, who is refused, nothing unlisted.

The newsroom here is small and complete: a source handled by Bob, her report, a claim, a story handed
to translation, a release. Charlie is a reporter cleared for nobody; the stranger is not signed in.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

DOORS = Path(__file__).parents[1] / "docs" / "doors.md"
WHO = ("editor", "bob", "charlie", "translator", "analyst", "stranger")
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


def table() -> dict[str, dict[str, str]]:
    """docs/doors.md: door -> {who: open, refused, sign in}."""
    rows: dict[str, dict[str, str]] = {}
    for line in DOORS.read_text("utf-8").splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        if len(cells) == len(WHO) + 2 and re.fullmatch(r"[a-z_:]+", cells[0]) and cells[0] != "door":
            rows[cells[0]] = {"method": cells[1], **dict(zip(WHO, cells[2:], strict=True))}
    return rows


@pytest.fixture(scope="module")
def newsroom(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Any:
    """Rows for every kind of object, made once; each knock is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def build() -> dict[str, Any]:
    from nightdesk.desk.claims.models import Account, Claim, Event
    from nightdesk.desk.clock import machine
    from nightdesk.desk.incidents.models import Act, Campaign
    from nightdesk.desk.intake.models import Arrival
    from nightdesk.desk.releases.models import Release
    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.review.models import Clearance, Decision, GroupTable, Review
    from nightdesk.desk.sources.models import Contact, Relay, Source
    from nightdesk.desk.staff.models import Factor, Member, Recovery
    from nightdesk.desk.stories import versions
    from nightdesk.desk.stories.models import Edition, MarketRate, Paragraph, Photo, Story
    from nightdesk.desk.translation.models import Term

    def member(name: str, role: str, **facts: object) -> Member:
        return Member.objects.create_member(
            name, "five words that nobody guesses", role=role, byline=name, **facts
        )

    people = {
        "editor": member("Alice", "editor", keyholder=True), "bob": member("Bob", "reporter"), "charlie": member("Charlie", "reporter"),
        "translator": member("Tariq", "translator"), "analyst": member("Ana", "analyst"),
    }  # fmt: skip
    alice = people["editor"]
    source = Source.objects.create(pseudonym="crane", made_on=NOW.date(), card="invented")
    source.cleared.add(people["bob"])
    relay = Relay.objects.create(name="relay-yanji")
    contact = Contact.objects.create(source=source, on=date(2023, 12, 15), channel="voice")
    refused = Arrival.objects.create(
        digest="0" * 64, envelope=b"x", arrived_on=NOW.date(), collected_at=NOW, refused="damaged"
    )
    report = Report.objects.create(
        source=source, relay=relay, lang="ko", contact_on=date(2023, 12, 15), channel="voice",
        text="회령시 보위부가 2만 위안을 내라고 했다.", received_at=NOW,
    )  # fmt: skip
    event = Event.objects.create(engine_id="e1")
    account = Account.objects.create(report=report, start=0, end=len(report.text), event=event)
    claim = Claim.objects.create(
        account=account, words_start=0, words_end=6, statement="asked for money", act="extortion",
        amount=20000, currency="CNY", sum_role="demanded", basis="eyewitness", made_by=alice, made_at=NOW,
    )  # fmt: skip
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
    act = Act.objects.create(claim_token=claim.token, act="extortion", status="open", coded_at=NOW)
    return {
        "people": people, "source": source, "contact": contact, "arrival": refused, "report": report,
        "account": account, "event": event, "claim": claim, "story": story, "edition": korean,
        "paragraph": paragraph, "pair": pair, "version": version, "review": review, "decision": decision,
        "release": release, "act": act, "campaign": Campaign.objects.create(title="Year end"),
        "table": GroupTable.objects.create(
            group="brokers", place="Hoeryong", low=40, high=120, basis="desk", as_of="2023-11", expires="2024-05"
        ),
        "rate": MarketRate.objects.create(currency="KPW", per_usd=8500, on=NOW.date(), basis="market"),
        "member": people["charlie"], "gone": gone, "recovery": recovery, "factor": factor,
        "term": Term.objects.create(ko="보위부", en="Ministry of State Security"),
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

THERE = {"staff:let_in": "gone"}  # doors that lead somewhere only for another object than the usual one


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
        "sources:unclear": {"member": rows["people"]["bob"].pk},
        "staff:remove_factor": {"passphrase": "five words that nobody guesses"},
        "stories:attach": {"claim": rows["claim"].pk},
        "stories:detach": {"claim": rows["claim"].pk},
        "stories:save": {"text": "words", "base_revision": 1},
        "stories:put_back": {"version": rows["version"].pk, "paragraph": rows["paragraph"].pk},
    }  # fmt: skip
    return {key: str(value) for key, value in given.get(name, {}).items()}


def knock(client: Client, url: str, method: str, data: dict[str, str]) -> str:
    """open, refused or sign in. A wrong form (400, 409) is an open door with a person behind it."""
    with transaction.atomic():
        answer = client.get(url, data) if method == "GET" else client.post(url, data)
        transaction.set_rollback(True)
    if answer.status_code in (301, 302) and "/sign-in/" in answer["Location"]:
        return "sign in"
    assert answer.status_code != 500, url
    return "refused" if answer.status_code in (403, 404, 410) else "open"


def seen(newsroom: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What each door does for each person, found out by knocking."""
    found: dict[str, dict[str, str]] = {}
    for name, pattern in doors():
        url = reverse(name, kwargs=arguments(name, pattern, newsroom), urlconf="nightdesk.desk.urls")
        row: dict[str, str] = {}
        probe = Client()
        probe.force_login(newsroom["people"]["editor"])
        with transaction.atomic():
            row["method"] = "POST" if probe.get(url).status_code == 405 else "GET"
            transaction.set_rollback(True)
        for who in WHO:
            client = Client()
            if who != "stranger":
                client.force_login(newsroom["people"][who])
            row[who] = knock(client, url, row["method"], brought(name, newsroom))
        found[name] = row
    return found


@pytest.mark.django_db
def test_every_door_lets_in_exactly_whom_the_table_names(newsroom: dict[str, Any]) -> None:
    found, written = seen(newsroom), table()
    lines = "\n".join(
        f"| `{n}` | {r['method']} | " + " | ".join(r[w] for w in WHO) + " |" for n, r in sorted(found.items())
    )
    assert found == written, f"docs/doors.md differs; the doors are now:\n{lines}"


def test_strangers_pass_only_the_sign_in() -> None:
    assert {name for name, row in table().items() if row["stranger"] == "open"} == {
        "staff:sign_in",
        "staff:recover",
        "language",
    }


def test_charlie_who_is_cleared_for_nobody_opens_nothing_that_belongs_to_a_source() -> None:
    objects = {
        "sources:source",
        "reports:report",
        "claims:claim",
        "claims:event",
        "stories:story",
        "releases:story",
    }
    opened = {name for name, row in table().items() if row["charlie"] == "open"}
    assert not opened & objects


def test_translators_open_nothing_before_the_editions() -> None:
    before = (
        "sources:",
        "intake:",
        "reports:",
        "claims:",
        "stories:",
        "review:",
        "releases:",
        "incidents:",
        "custody:",
    )
    assert not [n for n, row in table().items() if n.startswith(before) and row["translator"] == "open"]


def test_analysts_see_the_record_and_no_source() -> None:
    closed = (
        "sources:",
        "intake:",
        "reports:",
        "claims:",
        "stories:",
        "translation:",
        "review:",
        "releases:",
        "custody:",
    )
    assert not [n for n, row in table().items() if n.startswith(closed) and row["analyst"] == "open"]
