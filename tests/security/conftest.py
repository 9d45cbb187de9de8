"""A filled desk for the tests of web security: several of everything, owned by different people.

It begins with the newsroom of tests/test_doors.py (crane is Bob's), and adds Dana's heron, nobody's
stork and a second of every other thing. `held` says, for each kind of object, who may hold which: it is
written down here as the objects are made, from docs/doors.md, and asks nothing of the desk.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse
from pytest_django import DjangoDbBlocker
from tests.security import planting
from tests.security.planting import PLANTED as PLANTED

ROOT = Path(__file__).parents[2]
ABSENT = 7777  # a number no row has


def load(name: str) -> ModuleType:
    """A test module of tests/, by its file."""
    spec = importlib.util.spec_from_file_location(f"walked_{name}", ROOT / "tests" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# What the number of a door is: by door, else by its room.
NAMES: dict[str, dict[str, str]] = {
    "care:": {"source_pk": "source", "contact_pk": "contact", "report_pk": "report"},
    "claims:": {"pk": "claim"}, "claims:event": {"pk": "event"},
    "claims:split": {"pk": "account"}, "claims:join": {"pk": "account"},
    "claims:judge": {"pk": "account"}, "claims:take_back": {"judgement_pk": "judgement"},
    "custody:log": {"pk": "report"}, "intake:": {"pk": "arrival"}, "releases:": {"pk": "story"},
    "replies:reply": {"pk": "report"}, "replies:take_off": {"pk": "reply"},
    "reports:": {"pk": "report"}, "reports:term": {"pk": "own term"}, "reports:term_aside": {"pk": "own term"}, "review:": {"pk": "story"}, "sources:": {"pk": "source"},
    "review:table_edit": {"pk": "table"}, "review:table_remove": {"pk": "table"},
    "review:state_media_edit": {"pk": "said"}, "review:state_media_remove": {"pk": "said"},
    "stories:": {"pk": "story", "version_pk": "version"}, "stories:term_aside": {"pk": "story term"},
    "staff:": {"member_pk": "member", "factor_pk": "factor", "recovery_pk": "recovery"},
    "staff:end_sessions_of": {"member_pk": "other member"}, "staff:let_in": {"member_pk": "member, gone first"},
    "staff:shut_out": {"member_pk": "other member"}, "staff:propose_recovery": {"member_pk": "other at work"},
    "staff:vouch": {"member_pk": "other member"},
    "stories:save": {"pk": "paragraph"}, "stories:move": {"pk": "paragraph"}, "stories:remove": {"pk": "paragraph"},
    "stories:claims": {"pk": "paragraph"}, "stories:attach": {"pk": "paragraph"}, "stories:detach": {"pk": "paragraph"},
    "translation:": {"pk": "handed story"},
    "translation:translate": {"pk": "handed paragraph"}, "translation:keep": {"pk": "handed paragraph"},
    "translation:term": {"pk": "term"}, "translation:remove_term": {"pk": "term"},
}  # fmt: skip
FIXED = {"path": "index.html", "kind": "group", "key": "k" * 8}


@dataclass(repr=False)
class Desk:
    """The rows, who holds them, and a client for everybody."""

    FIXED: ClassVar[dict[str, str]] = FIXED
    ABSENT: ClassVar[int] = ABSENT
    rows: dict[str, Any]
    doors: ModuleType
    held: dict[str, dict[Any, frozenset[str]]] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    written: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)  # docs/doors.md
    before: str = ""  # the digest of the desk as it was filled

    def holds(self, kind: str, row: Any, *whose: str) -> Any:
        """Writes down that `row` belongs to those people; `kind` is the door's word for it."""
        self.held.setdefault(kind, {})[getattr(row, "pk", row)] = frozenset(whose)
        return row

    def named(self, door: str, converters: Iterable[str]) -> dict[str, str]:
        """Parameter -> kind of object, for the parameters of a door that name one."""
        known = NAMES.get(door) or NAMES.get(f"{door.split(':')[0]}:", {})
        wanted = [name for name in converters if name not in FIXED]
        assert set(wanted) <= set(known), f"{door}: say in NAMES what {wanted} stand for"
        return {name: known[name] for name in wanted}

    def own(self, who: str, kind: str) -> Any:
        """The first object of a kind that this person holds, else a number that is nobody's."""
        return next((key for key, holders in self.held[kind].items() if who in holders), ABSENT)

    def address(self, door: str, converters: Iterable[str], who: str = "editor") -> str:
        """The door's address with objects of this person's."""
        given = {name: self.own(who, kind) for name, kind in self.named(door, converters).items()}
        return self.url(door, **given, **{name: FIXED[name] for name in converters if name in FIXED})

    def url(self, name: str, **kwargs: Any) -> str:
        return reverse(name, kwargs=kwargs, urlconf="nightdesk.desk.urls")

    @staticmethod
    def said(answer: HttpResponse, kwargs: dict[str, Any]) -> tuple[int, str]:
        """Status and body without the token of the form and the number that was asked for."""
        body = answer.content.decode(errors="replace")
        body = re.sub(r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"', "", body)
        body = re.sub(r'name="next" value="[^"]*"', "", body)  # the address that was asked for
        for pk in kwargs.values():
            body = body.replace(f"/{pk}/", "/N/")
        return answer.status_code, body

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever is written within is taken back, and whoever was signed out by it is signed in again."""
        kept = {who: SimpleCookie(client.cookies) for who, client in self.clients.items()}
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        for who, client in self.clients.items():
            client.cookies = kept[who]

    def changes(self) -> int:
        """Rows this connection ever wrote: a number that stands still when nothing is written."""
        return int(connection.connection.total_changes)

    def digest(self) -> str:
        """One hash over every row of every table."""
        found = hashlib.sha256()
        with connection.cursor() as cursor:
            for table in sorted(connection.introspection.table_names(cursor)):
                cursor.execute(f'SELECT * FROM "{table}"')
                found.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
        return found.hexdigest()

    def row_of(self, who: str) -> str:
        """The column of docs/doors.md that speaks of this person: Dana is a reporter like Bob."""
        return "bob" if who == "dana" else who


@pytest.fixture(autouse=True)
def _nobody_failed_yet() -> None:
    """Failed tries are counted in the process; each test begins with none."""
    from nightdesk.desk.staff import tries

    tries.reset()


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """Made once a module; what a test writes, it undoes by `desk.undone()`."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        if "staff_member" not in connection.introspection.table_names():  # the browser's tests run alone
            call_command("migrate", verbosity=0)
        # The line at the side is on every page and takes half its time; tests of the line look at it.
        patch.setattr("nightdesk.desk.line.stages_of", lambda *given: [])
        # Panic ends the process: here that would be the tests'. It must hold while a module's fixtures ask, too.
        patch.setattr("nightdesk.desk.locking.lock", lambda *_after: None)
        # What is asked twice and compared says when it was kept, by the minute: the minute must not end between.
        begun = datetime.now(UTC)
        patch.setattr("nightdesk.desk.clock.machine", lambda: begun)
        # Once a minute a session's row says that it was used; on a slow machine every request would write.
        patch.setattr("nightdesk.desk.staff.sessions.SEEN_EVERY", timedelta(days=1))
        with transaction.atomic():
            yield _signed_in(fill(load("test_doors")))
            transaction.set_rollback(True)


def _signed_in(made: Desk) -> Desk:
    """A client for everybody, over one handler: loading it takes most of a request."""
    handler = ClientHandler(enforce_csrf_checks=False)
    for who, member in {**made.rows["people"], "stranger": None}.items():
        made.clients[who] = Client()
        made.clients[who].handler = handler
        if member is not None:
            made.clients[who].force_login(member)
    made.written, made.before = made.doors.table(), made.digest()
    return made


def fill(doors: ModuleType) -> Desk:
    """Bob's crane from the newsroom of the doors, Dana's heron, nobody's stork."""
    from nightdesk.desk.staff.models import Member

    _far_apart()
    rows = doors.build()
    rows["people"]["dana"] = Member.objects.create_member(
        "Dana", "five words that nobody guesses", role="reporter", byline="Dana"
    )
    made = Desk(rows, doors)
    _first(made)
    for number, (bird, owner) in enumerate({"heron": "dana", "stork": ""}.items(), start=2):
        _another(made, f"{bird}{PLANTED}", owner, number)
    _shared(made)
    _staff(made)
    return made


def _far_apart() -> None:
    """Each table's keys begin at a number of their own, so that none is met by mistake, or by a test, in another."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence")  # a migration that rebuilt a table left a row there
        for number, table in enumerate(sorted(connection.introspection.table_names(cursor)), start=11):
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number * 100])


def _first(made: Desk) -> None:
    """What tests/test_doors.py made: crane is Bob's, and its story is handed to translation."""
    rows = made.rows
    for kind in (
        "source",
        "contact",
        "report",
        "account",
        "claim",
        "story",
        "paragraph",
        "version",
        "own term",
        "story term",
        "reply",
        "judgement",
    ):
        made.holds(kind, rows[kind], "editor", "bob")
    made.holds("token", rows["claim"].token, "editor", "bob")
    made.holds("event", rows["event"], "editor", "bob")
    made.holds("handed story", rows["story"], "editor", "translator")
    made.holds("handed paragraph", rows["paragraph"], "editor", "translator")


def _another(made: Desk, bird: str, owner: str, number: int) -> None:
    """A source with all that hangs on it, for one reporter or for nobody but the editors."""
    from nightdesk.desk.claims.models import Account, Claim, Event, Judgement
    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.sources.models import Contact, Source
    from nightdesk.desk.stories import versions
    from nightdesk.desk.stories.models import Attachment, Edition, Paragraph, Photo, Story

    day, now = date(2023, 12, 16), made.doors.NOW
    people, whose = made.rows["people"], ("editor", *filter(None, [owner]))
    author = people[owner or "editor"]
    source = made.holds("source", Source.objects.create(pseudonym=bird, made_on=day), *whose)
    if owner:
        source.cleared.add(people[owner])
        key = planting.card(people[owner], source)
        made.holds("report", planting.eyes_only(people[owner], key, source, now), owner)
    made.holds(
        "contact", Contact.objects.create(source=source, on=day, channel="voice", note=PLANTED), *whose
    )
    report = Report.objects.create(
        source=source, lang="ko", contact_on=day, channel="voice", text=f"혜산에서 들은 말. {PLANTED} 쌀 3만 원.",
        received_at=now,
    )  # fmt: skip
    made.holds("report", report, *whose)
    event = made.holds("event", Event.objects.create(engine_id=f"e{number}", title=PLANTED), *whose)
    account = Account.objects.create(report=report, start=0, end=len(report.text), event=event)
    made.holds("account", account, *whose)
    judged = Judgement.objects.create(
        kind="apart",
        account=account,
        other=account,
        why=PLANTED,
        by=author,
        at=now,
        taken_back_by=author,
        taken_back_at=now,
    )
    made.holds("judgement", judged, *whose)
    made.holds("own term", planting.own_term(report, author, now), *whose)
    made.holds("reply", planting.reply(report, author, now), *whose)
    claim = Claim.objects.create(
        account=account, words_start=0, words_end=4, statement=f"said {PLANTED}", act="extortion", actor=PLANTED,
        basis="eyewitness", made_by=author, made_at=now,
    )  # fmt: skip
    made.holds("claim", claim, *whose)
    made.holds("token", claim.token, *whose)
    story = Story.objects.create(
        slug=f"other-{number}", public_id=f"b{number}" * 12, begun_by=author, begun_at=now
    )
    made.holds("story term", planting.story_term(story, author, now), *whose)
    made.holds("story", story, *whose)
    made.holds("handed story", story)
    edition = Edition.objects.create(story=story, lang="ko", title=PLANTED, summary=PLANTED)
    other = Edition.objects.create(story=story, lang="en", title=PLANTED, translated_title="x")
    paragraph = Paragraph.objects.create(edition=edition, position=1, text=f"말 {PLANTED}")
    paragraph.claims.add(claim)
    made.holds("paragraph", paragraph, *whose)
    made.holds("handed paragraph", paragraph)
    pair = Paragraph.objects.create(edition=other, position=1, text=PLANTED, translates=paragraph)
    made.holds("paragraph", pair)  # the story's doors take paragraphs of the source edition alone
    made.holds("handed paragraph", pair)
    Photo.objects.create(
        story=story, image=b"\xff\xd8", sha256=f"{number}" * 64, media_type="image/jpeg", width=3, height=2,
        credit=PLANTED, licence=PLANTED, placed_by=author, placed_at=now, alt={"ko": PLANTED},
    )  # fmt: skip
    Attachment.objects.create(
        story=story, file=b"%PDF-1.5", sha256=f"{number}" * 64, media_type="application/pdf", size=8,
        placed_by=author, placed_at=now, title={"ko": PLANTED},
    )  # fmt: skip
    made.holds("version", versions.keep_version(story, PLANTED, author), *whose)
    made.rows[f"story {number}"] = story


def _staff(made: Desk) -> None:
    """Members at work and gone, recoveries and factors. Who keeps the members holds all of them, but never
    himself where the door is for others; one's factor is one's own. Bob has none: he signs in by passphrase."""
    from nightdesk.desk.clock import machine
    from nightdesk.desk.staff.models import Factor, Member, Recovery

    rows, people, keepers = made.rows, made.rows["people"], ("editor", "keyholder")
    Member.objects.create_member("Left", "five words that nobody guesses", role="editor", is_active=False)
    for member in Member.objects.order_by("-is_active", "pk"):
        others = [who for who in keepers if people[who] != member]
        made.holds("member", member, *keepers)
        made.holds("other member", member, *others)
        made.holds("other at work", member, *(others if member.is_active else ()))
    for member in Member.objects.order_by(
        "is_active", "pk"
    ):  # whoever is at work is led on to his or her page
        made.holds("member, gone first", member, *keepers)
    made.holds("recovery", rows["recovery"], *keepers)
    known: dict[str, Any] = {"lost": "factor", "first_half": "!", "first_at": machine()}
    for who, first, ended in (("editor", "keyholder", None), ("dana", "editor", machine())):
        row = Recovery.objects.create(member=people[who], first=people[first], ended_at=ended, **known)
        made.holds("recovery", row, *keepers)
    made.holds("factor", rows["factor"], "editor")
    for who in ("editor", "dana", "charlie", "keyholder", "translator"):
        for kind in ("code", "key"):
            row = Factor.objects.create(member=people[who], kind=kind, secret=b"", enrolled_at=made.doors.NOW)
            made.holds("factor", row, who)
    gone = Factor.objects.create(member=rows["gone"], kind="code", secret=b"", enrolled_at=made.doors.NOW)
    made.holds("factor", gone)


def _shared(made: Desk) -> None:
    """What belongs to a room and to nobody in it: who has the room's verb, holds them all."""
    from nightdesk.desk.incidents.models import Act
    from nightdesk.desk.intake.models import Arrival
    from nightdesk.desk.review.models import GroupTable, StateMedia
    from nightdesk.desk.sources.models import Relay
    from nightdesk.desk.stories.models import MarketRate
    from nightdesk.desk.translation.models import Term

    rows, now = made.rows, made.doors.NOW
    readers = ("editor", "bob", "dana", "charlie", "keyholder")
    waits = Arrival.objects.create(digest="2" * 64, envelope=b"x", arrived_on=now.date(), collected_at=now)
    made.holds("arrival", rows["arrival"], *readers)
    made.holds("arrival", waits)  # not refused: there is nothing to set aside or to try again
    made.holds("term", rows["term"], "editor", "translator")
    made.holds("term", Term.objects.create(ko="장마당", en=PLANTED, note=PLANTED), "editor", "translator")
    made.holds("table", rows["table"], "editor")
    made.holds("rate", rows["rate"], "editor")
    made.holds("said", rows["said"], "editor")
    said = StateMedia.objects.create(outlet=PLANTED, on=now.date(), text=PLANTED, citation=PLANTED)
    made.holds("said", said, "editor")
    more = {"low": 1, "high": 2, "as_of": "2023-11", "expires": "2024-05"}
    made.holds("table", GroupTable.objects.create(group=PLANTED, place="x", basis=PLANTED, **more), "editor")
    rate = MarketRate.objects.create(currency="CNY", per_usd=7, on=now.date(), basis=PLANTED)
    made.holds("rate", rate, "editor")
    Relay.objects.create(name=f"relay {PLANTED}")
    Act.objects.create(claim_token="z" * 24, act="extortion", status="open", coded_at=now, actor=PLANTED)
