"""A real desk, locked: what opens, what ends, and what its disk tells.

A desk of its own is made by the README's commands and run as a program; every check looks from outside.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from nightdesk.demo import canary, rows
from nightdesk.demo.person import Page, Person, Refused

pytestmark = pytest.mark.slow
WORDS, OWN = "five words that nobody guesses", "a grey heron on a ladder"
NIGHTDESK = [sys.executable, "-m", "nightdesk"]
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(("NIGHTDESK_", "DJANGO_"))}


def told(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """`nightdesk WORDS` as a person would run it."""
    command = [*NIGHTDESK, *map(str, words)]
    return subprocess.run(
        command, env={**CLEAN, **more}, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with two members."""
    base = tmp_path_factory.mktemp("locked")
    (base / "desk-words").write_text(WORDS)
    (base / "own-words").write_text(OWN)
    made = told(
        "desk", "init", "--dir", base / "d", "--name", "Post", "--passphrase-file", base / "desk-words"
    )
    assert made.returncode == 0, made.stderr
    for name, role in (("Alice", "editor"), ("Bob", "reporter")):
        files = ("--passphrase-file", base / "own-words", "--desk-passphrase-file", base / "desk-words")
        added = told("desk", "member", "--dir", base / "d", name, "--role", role, *files)
        assert added.returncode == 0, added.stderr
    return base / "d"


class Running:
    """The keeper, the process it keeps, and where both listen."""

    def __init__(self, folder: Path, key_file: Path | None = None, **settings: str) -> None:
        self.folder = folder
        opening = ["--key-file", str(key_file)] if key_file else []
        spill = folder.parent / "spill"
        spill.mkdir(exist_ok=True)
        environment = {
            **CLEAN,
            "NIGHTDESK_COLLECT_EVERY": "0",
            "TMPDIR": str(spill),
            "NIGHTDESK_SECOND_FACTOR": "off",
            **settings,
        }
        self.keeper = subprocess.Popen(
            [*NIGHTDESK, "desk", "run", "--dir", str(folder), "--port", "0", *opening],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        assert self.keeper.stdout is not None
        self.said = self.keeper.stdout.readline()
        self.address = re.search(r"http://\S+", self.said).group().rstrip("/")  # type: ignore[union-attr]  # no match fails the test, as it should

    @property
    def child(self) -> int:
        """The process that holds the keys, by the system's own list."""
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.keeper.pid)], capture_output=True, text=True, check=True
        )
        return int(found.stdout.split()[0])

    def page(self, path: str = "/") -> httpx.Response:
        return httpx.get(self.address + path, trust_env=False, timeout=30)

    def stop(self) -> None:
        if self.keeper.poll() is None:
            os.killpg(self.keeper.pid, signal.SIGKILL)
        self.keeper.communicate()


@contextmanager
def running(folder: Path, key_file: Path | None = None, **settings: str) -> Iterator[Running]:
    desk = Running(folder, key_file, **settings)
    try:
        yield desk
    finally:
        desk.stop()


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Waits until `holds()`."""
    last = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < last, "it never came"
        time.sleep(0.05)


def is_locked(desk: Running) -> bool:
    answer = desk.page("/reports/")
    return answer.status_code == 302 and "The desk is locked" in desk.page("/sign-in/").text


def test_a_desk_starts_locked_and_no_door_but_one_answers(folder: Path) -> None:
    with running(folder) as desk:
        assert "locked: sign in" in desk.said
        for path in (
            "/",
            "/reports/",
            "/reports/1/",
            "/sources/",
            "/search/?q=x",
            "/custody/audit/",
            "/nothing/",
        ):
            answer = desk.page(path)
            assert (answer.status_code, answer.headers["location"].split("?")[0]) == (302, "/sign-in/"), path
        if os.access(f"/proc/{desk.child}/fd", os.R_OK):  # other programs of this user may not look
            assert not [
                fd for fd in Path(f"/proc/{desk.child}/fd").iterdir() if "desk.sqlite3" in str(fd.readlink())
            ]


def test_a_restart_without_a_passphrase_opens_nothing(folder: Path) -> None:
    with running(folder) as desk, httpx.Client(base_url=desk.address, trust_env=False) as client:
        form = client.get("/sign-in/")
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', form.text).group(1)  # type: ignore[union-attr]  # no match fails the test, as it should
        for name, words in (("Alice", "a wrong passphrase"), ("Mallory", OWN), ("", ""), ("Alice", WORDS)):
            given = {"username": name, "passphrase": words, "csrfmiddlewaretoken": token}
            answer = client.post("/sign-in/", data=given, headers={"Referer": desk.address})
            assert answer.status_code == 401, name
        without = client.post("/sign-in/", data={"username": "Alice", "passphrase": OWN})
        assert without.status_code == 403  # no token: another site cannot unlock either
        assert is_locked(desk)


def test_a_form_sent_to_a_locked_desk_comes_back_with_its_words(folder: Path) -> None:
    with running(folder) as desk:
        form = {"statement": "Salt", "name": "a card's name", "csrfmiddlewaretoken": "x"}
        answer = httpx.post(desk.address + "/claims/new/", data=form, trust_env=False, timeout=30)
        assert answer.status_code == 503 and ">Salt</textarea>" in answer.text
        assert "a card" not in answer.text and 'href="/sign-in/"' in answer.text
        assert "set-cookie" not in answer.headers and answer.headers["cache-control"] == "no-store"


def test_a_passphrase_with_the_members_name_in_it_is_refused_at_the_machine_too(folder: Path) -> None:
    (folder.parent / "named").write_text("charlie walks to the river")
    files = ("--passphrase-file", folder.parent / "named")
    desk_words = ("--desk-passphrase-file", folder.parent / "desk-words")
    made = told("desk", "member", "--dir", folder, "Charlie", "--role", "reporter", *files, *desk_words)
    assert made.returncode == 1 and "It contains the member's name" in made.stderr


def test_a_member_who_signs_in_unlocks_it_for_all(folder: Path) -> None:
    with running(folder) as desk:
        Person(desk.address, "Bob", OWN).leaves()
        assert "The desk is locked" not in desk.page("/sign-in/").text
        alice = Person(desk.address, "Alice", OWN)
        assert alice.opens("/reports/").status == 200
        alice.leaves()


def test_locking_ends_the_process_that_holds_the_keys_and_every_session(folder: Path) -> None:
    with running(folder) as desk:
        alice, before = Person(desk.address, "Alice", OWN), desk.child
        assert "The desk is locked." in told("lock", "--dir", folder).stdout
        until(lambda: not Path(f"/proc/{before}").exists())
        until(lambda: is_locked(desk))
        assert desk.child != before
        alice.leaves()
        again = Person(desk.address, "Bob", OWN)  # unlocked once more; Alice's cookie is worth nothing now
        assert alice._client.is_closed and again.opens("/reports/").status == 200
        again.leaves()


def test_a_cookie_from_before_the_lock_signs_nobody_in(folder: Path) -> None:
    with running(folder) as desk:
        alice = Person(desk.address, "Alice", OWN)
        told("lock", "--dir", folder)
        until(lambda: is_locked(desk))
        bob = Person(desk.address, "Bob", OWN)
        answer = alice._client.get("/reports/")
        assert str(answer.url).startswith(f"{desk.address}/sign-in/")
        alice.leaves()
        bob.leaves()


def test_a_desk_nobody_works_at_locks_itself(folder: Path) -> None:
    with running(folder, NIGHTDESK_LOCK_AFTER="1") as desk:
        Person(desk.address, "Alice", OWN).leaves()
        held = desk.child
        until(lambda: not Path(f"/proc/{held}").exists(), 30)
        until(lambda: is_locked(desk))


def test_no_process_holds_keys_once_its_keeper_is_gone(folder: Path) -> None:
    with running(folder) as desk:
        Person(desk.address, "Alice", OWN).leaves()
        held = desk.child
        os.kill(desk.keeper.pid, signal.SIGKILL)
        until(lambda: not Path(f"/proc/{held}").exists())


def test_a_killed_process_comes_back_locked(folder: Path) -> None:
    with running(folder) as desk:
        Person(desk.address, "Alice", OWN).leaves()
        time.sleep(3.1)  # one that dies at once is not started again
        os.kill(desk.child, signal.SIGKILL)
        until(lambda: is_locked(desk))


def test_a_key_file_starts_the_desk_unlocked_until_another_is_made(folder: Path, tmp_path: Path) -> None:
    made = [tmp_path / "first.key", tmp_path / "second.key"]
    for file in made:
        words = ("--dir", folder, "--to", file, "--passphrase-file", folder.parent / "desk-words")
        assert told("desk", "key-file", *words).returncode == 0
        assert file.stat().st_mode & 0o077 == 0
    with running(folder, key_file=made[1]) as desk:
        assert "unlocked" in desk.said and "The desk is locked" not in desk.page("/sign-in/").text
    old = told("desk", "run", "--dir", folder, "--port", "0", "--key-file", made[0])
    assert old.returncode == 1 and "does not open this desk" in old.stderr
    again = told("desk", "key-file", *words)
    assert again.returncode == 1 and "there already" in again.stderr


def test_locking_ends_a_command_that_holds_the_keys_too(folder: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from nightdesk.cli.asking import unlocked;"
        "unlocked(Path(sys.argv[1]), Path(sys.argv[2])); print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(folder), str(folder.parent / "desk-words")]
    with subprocess.Popen(command, env=CLEAN, stdout=subprocess.PIPE, text=True) as working:
        assert working.stdout is not None and working.stdout.readline() == "held\n"
        assert "The desk is locked." in told("lock", "--dir", folder).stdout
        assert working.wait(10) == -signal.SIGKILL
    assert "No desk runs" in told("lock", "--dir", folder).stdout


def test_locking_where_nothing_runs_says_so(folder: Path, tmp_path: Path) -> None:
    assert "No desk runs" in told("lock", "--dir", folder).stdout
    assert told("lock", "--dir", tmp_path).returncode == 1


MARK = "딱새표식"
# The desk's own code, in a process of its own. Rows that forms begin from, so that the walk reaches the doors behind
# them; and a word in each field that no form takes a free word for, or that a form fills only at the end of the line.
BEGUN = f"""
import sys
from datetime import date
from itertools import count
from pathlib import Path
from nightdesk.desk import keyfiles, serve
serve.prepare(Path(sys.argv[1]))
keyfiles.unlock(Path(sys.argv[1]), sys.argv[2])
from nightdesk.desk.claims.models import Account, Claim, Corroboration, Event, Judgement
from nightdesk.desk.care.models import Danger, Lifting
from nightdesk.desk.clock import now
from nightdesk.desk.incidents.models import Act, Campaign
from nightdesk.desk.review import actions
from nightdesk.desk.review.models import Decision, ForTheRecord, GroupTable
from nightdesk.desk.review.tests import making
from nightdesk.desk.staff.models import Factor, Member
from nightdesk.desk.stories import versions
from nightdesk.desk.stories.models import Edition, MarketRate, Photo, PrivateDraft
from nightdesk.desk.reports.models import OwnTerm, Report
from nightdesk.desk.sources.models import Contact, Source
numbers = count()
def word():
    print(made := f"{MARK}b{{next(numbers)}}x")
    return made
def words(*names):
    return {{name: word() for name in names}}
def in_korean(*names):
    return {{name: {{"ko": word()}} for name in names}}
alice, bob, tariq = (Member.objects.get(username=name) for name in ("Alice", "Bob", "Tariq"))
gone = Member.objects.create_member(word(), "a grey heron on a ladder", role="reporter", byline=word(), is_active=False)
Factor.objects.create(member=gone, kind="code", secret=b"", enrolled_at=now(), **words("label"))
story = making.story(bob, tariq)
making.tables()
actions.review(alice, story)
by, at = {{"made_by": alice, "made_at": now()}}, now()
event = Event.objects.create(engine_id="e1", **words("title", "why", "ask"), why_parts=[word()], ask_parts=[word()])
one, other = Account.objects.all()[:2]
Account.objects.filter(pk__in=(one.pk, other.pk)).update(event=event)
Corroboration.objects.create(
    account=one, other=other, relation="supports", score=1, why_parts=[word()], **words("why", "says", "against"))
Judgement.objects.create(kind="join", account=one, other=other, by=alice, at=at, **words("why"))
claim = Claim.objects.first()
for name in ("statement", "actor", "party"):
    setattr(claim, name, word())
claim.save()
report = Report.objects.first()
for name in ("basis", "claimed_name"):
    setattr(report, name, word())
report.save()
OwnTerm.objects.create(
    report=report, start=0, end=3, kind="person", value={{"name": word()}}, **words("words", "means"), **by)
Photo.objects.create(
    story=story, image=b"\\xff\\xd8", sha256="e" * 64, media_type="image/jpeg", width=3, height=2, placed_by=alice,
    placed_at=at, **words("credit", "licence"), **in_korean("alt", "caption"))
PrivateDraft.objects.create(
    member=alice, edition=Edition.objects.last(), heading=True, base_revision=1, saved_at=at, **words("text"))
versions.keep_version(story, word(), alice)
Decision.objects.create(
    story=story, key="k" * 8, kind="exact sum", severity="red", verb="keep", member=alice, made_at=at,
    **words("reason", "second_reason", "facts"))
ForTheRecord.objects.create(
    story=story, claim_token=claim.token, public_id="p1", ticked_by=alice, ticked_at=at, **in_korean("actor", "party"))
GroupTable.objects.create(low=1, high=2, as_of="2023-11", expires="2024-05", **words("group", "place", "basis"))
MarketRate.objects.create(currency="KPW", per_usd=8500, on=date(2023, 12, 1), **words("basis"))
source = Source.objects.get(pseudonym="heron")
Contact.objects.create(source=source, on=date(2023, 12, 1), channel="voice", **words("window", "next_window"))
danger = Danger.objects.create(source=source, marked_by=bob, marked_at=at, **words("reason"))
Lifting.objects.create(danger=danger, first=alice, first_at=at, **words("first_reason", "second_reason"))
Campaign.objects.create(**words("title"))
Act.objects.create(claim_token="z" * 24, act="extortion", status="open", coded_at=at, **words("actor", "party"))
"""
# Fields that stay without a planted word, each with why. A field that is new is in none of them, and fails.
WITHOUT_WORDS = {
    "made by chance, counted, or a hash": """
        care.Consent.seal_token care.Danger.seal_token care.KeepUntil.seal_token care.Lifting.seal_token
        care.Purge.seal_token care.Purge.token claims.AccountFacts.seal_token claims.Claim.seal_token claims.Claim.token claims.Compared.stamp
        claims.Event.engine_id claims.Judgement.seal_token
        custody.CustodyEntry.digest custody.CustodyEntry.previous custody.CustodyEntry.subject
        custody.CustodyEntry.token incidents.Act.claim_token incidents.Act.public_id intake.Arrival.digest
        intake.DayKey.key_id intake.DayKey.public releases.Release.digest releases.Release.signature
        releases.Scheduled.signature reports.OwnTerm.seal_token reports.Report.seal_token review.Clearance.fingerprint
        review.Decision.key review.Finding.key review.ForTheRecord.claim_token review.ForTheRecord.public_id
        review.Review.fingerprint sourcekeys.SourceKey.name sources.Contact.seal_token sources.Reveal.session
        staff.FailedTries.tag staff.Member.password staff.Member.public_key staff.SignedIn.session_key
        stories.Photo.sha256 stories.Story.public_id""",
    "a word of the desk's own lists, a code, a number or a week": """
        auth.Group.name auth.Permission.codename auth.Permission.name care.Consent.purposes care.Purge.taken
        claims.AccountFacts.also claims.Claim.act claims.Claim.credibility claims.Claim.currency claims.Claim.edtf claims.Claim.place
        claims.Corroboration.field claims.Corroboration.relation claims.Event.kind
        contenttypes.ContentType.app_label contenttypes.ContentType.model custody.AuditWeek.verb
        custody.AuditWeek.week custody.CustodyEntry.verb incidents.Act.act incidents.Act.currency incidents.Act.edtf
        incidents.Act.place incidents.Act.status incidents.Act.sum_role intake.Arrival.refused
        reports.OwnTerm.kind reports.Report.country reports.Report.lang review.Decision.kind
        review.Decision.severity review.Decision.verb review.Finding.facts review.Finding.kind review.Finding.severity
        review.GroupTable.as_of review.GroupTable.expires review.Review.cannot_estimate sources.Contact.channel
        sources.Reveal.wish staff.SignedIn.family stories.Edition.lang stories.MarketRate.currency
        stories.Photo.dropped stories.Photo.media_type stories.Story.country stories.Story.first_rates
        stories.Story.next_kind stories.Story.source_lang stories.Story.slug staff.Factor.host""",
    "sealed once more inside the database: desk/sources/tests/test_cards.py, desk/reports/tests/test_eyes_only.py and desk/claims/tests/test_online.py look for their words": """
        claims.AccountFacts.kept sources.Card.body sources.CardKey.sealed sources.Reveal.handed sources.Reveal.holders reports.SealedWords.body
        reports.WordsKey.sealed sourcekeys.SourceKey.secret custody.CustodyEntry.sealed staff.Factor.secret
        staff.Recovery.first_half staff.Recovery.second_half""",
    "an envelope, or what was read out of one: tests/courier/test_while_locked.py and tests/test_line.py post it": """
        intake.Arrival.content intake.Arrival.detail intake.Arrival.envelope intake.PullCounter.trouble""",
    "public or about to be; tests/test_line.py walks to it and searches every byte": """
        releases.Release.document releases.Release.note releases.Release.photo releases.Scheduled.document
        releases.Scheduled.photo review.Clearance.byline review.ForTheRecord.released stories.Story.next_note
        stories.Photo.image""",
    "notes and sessions that the desk writes itself, in the same database": """
        custody.CustodyEntry.note reports.Report.custody staff.SignedIn.session_data review.Decision.edits review.Review.unread
        review.Review.words""",
    "a field of older folders that nothing writes any more": "sources.Source.old_card",
    "asks for a card that needs two, or for a danger: the same kind of field beside it is filled": """
        sources.Reveal.reason""",
}  # fmt: skip


def unaccounted(found: dict[str, str]) -> set[str]:
    """Fields that hold no planted word and stand in no list."""
    listed = {name for names in WITHOUT_WORDS.values() for name in names.split()}
    return {name for name, words in found.items() if MARK not in words} - listed


def test_a_field_that_is_new_and_filled_by_nothing_fails() -> None:
    """The test of the test: by name, and by kind; a sealed one and JSON count like text."""
    assert unaccounted({"sources.Contact.new": "words", "sources.Contact.note": f"{MARK}1x"}) == {
        "sources.Contact.new"
    }
    for name in (
        "care.Danger.reason",
        "care.Purge.names",
        "review.Finding.data",
        "stories.Paragraph.text",
    ):
        assert unaccounted({name: ""}) == {name}


def test_whatever_was_typed_is_on_no_byte_of_the_disk_after_a_kill(folder: Path) -> None:
    files = (
        "--passphrase-file",
        folder.parent / "own-words",
        "--desk-passphrase-file",
        folder.parent / "desk-words",
    )
    for name, role in (("Tariq", "translator"), ("Ana", "analyst")):
        assert told("desk", "member", "--dir", folder, name, "--role", role, *files).returncode == 0
    begun = subprocess.run(
        [sys.executable, "-c", BEGUN, str(folder), WORDS],
        env=CLEAN, check=True, capture_output=True, text=True,
    )  # fmt: skip
    before = rows.fields(folder, WORDS)  # what was put there and is written over on the way counts too
    planters = []
    with running(folder) as desk:
        for name in ("Bob", "Alice", "Tariq", "Ana"):
            planters.append(Planter(Person(desk.address, name, OWN), len(planters)))
            planters[-1].walk()
            planters[-1].person.leaves()
        os.killpg(desk.keeper.pid, signal.SIGKILL)
        desk.keeper.communicate()
    typed = [word for planter in planters for word in planter.words]
    written = [*canary.files(folder.parent)]
    assert any(path.name == "desk.sqlite3-wal" and path.stat().st_size for path in written)
    assert canary.hits([*typed, *begun.stdout.split()], written) == []
    after = rows.fields(folder, WORDS)
    found = {name: before[name] + after[name] for name in after}
    assert unaccounted(found) == set(), "let the journey fill it, or say in WITHOUT_WORDS why not"
    listed = {name for names in WITHOUT_WORDS.values() for name in names.split()}
    assert listed <= set(found), "no such field any more"
    kept = " ".join(found.values())
    assert len(typed) > 150 and sum(word in kept for word in typed) > 30  # so the search is not blind


# What a form wants in a field that takes no free word.
FITTING = {"window": "21:00", "next_window": "", "slug": "a-slug"}


class Planter:
    """Goes through every page one member can reach and types a word of its own into every field of every form.

    Pages of one door are many and alike: the first few of each are enough, and no other end is set.
    """

    LEFT = ("/sign-out/", "/language/", "/lock/", "/panic/")  # they end the walk
    ALIKE = 2

    def __init__(self, person: Person, number: int = 0) -> None:
        self.person, self.number, self.words = person, number, list[str]()
        self.seen, self.sent, self.doors = set[str](), set[str](), Counter[str]()

    def walk(self, path: str = "/") -> None:
        waiting = [path]
        while waiting:
            path = waiting.pop(0).split("#")[0]
            if path in self.seen or not path.startswith("/") or not self.is_new(path):
                continue
            self.seen.add(path)
            try:
                page = self.person.opens(path)
            except Refused:
                continue
            found = [self.fills(page, number) for number in range(len(page.forms))]
            waiting += [*page.links, *(link for each in found if each for link in [each.path, *each.links])]

    def is_new(self, path: str) -> bool:
        """Whether fewer than a few pages of that door were looked at."""
        door = re.sub(r"=[^&]*", "", re.sub(r"\d+", "N", path))
        self.doors[door] += 1
        return self.doors[door] <= self.ALIKE

    def fills(self, page: Page, number: int) -> Page | None:
        form = page.forms[number]
        typed = [e.name for e in form.element.iter("textarea", "input") if e.name and is_typed(e)]
        door = re.sub(r"\d+", "N", form.path)
        if (
            not typed
            or form.path in self.sent
            or form.path.endswith(self.LEFT)
            or self.doors[f"post {door}"] >= self.ALIKE
        ):
            return None
        self.sent.add(form.path)
        self.doors[f"post {door}"] += 1
        made = {
            name: FITTING.get(name, f"{MARK}{self.number}n{len(self.words) + at}x")
            for at, name in enumerate(typed)
        }
        self.words += [word for word in made.values() if MARK in word]
        days = {e.name: self.day(e.name) for e in form.element.iter("input") if e.get("type") == "date"}
        try:
            return self.person.submits(form, **made, **days)
        except (Refused, ValueError):
            return (
                None  # a form may want more than words; what was typed passed through the desk all the same
            )

    @staticmethod
    def day(name: str) -> str:
        """A day that is not over, where the form wants one."""
        ahead = name in ("until", "next_on", "keep_until")
        return str(datetime.now(UTC).date() + timedelta(days=300 if ahead else -1))


def is_typed(element: Any) -> bool:
    """Whether somebody types words into it."""
    kind = element.get("type", "text")
    return element.tag == "textarea" or kind in ("text", "search")
