"""After a purge no byte of the database or the folder holds a word of what was told: a desk on real files."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.db import connection

from nightdesk.desk import clock
from nightdesk.desk.care import consent, contacts, danger, purging
from nightdesk.desk.care.consent import Said
from nightdesk.desk.care.contacts import Entry
from nightdesk.desk.care.tests.purged import purge
from nightdesk.desk.claims import actions as claiming
from nightdesk.desk.claims.judging import judge
from nightdesk.desk.claims.models import Account, Judgement
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.intake.models import Arrival
from nightdesk.desk.reports.models import OwnTerm, Report
from nightdesk.desk.sourcekeys import sealing
from nightdesk.desk.sourcekeys.tests.pages import opened
from nightdesk.desk.sources import cards
from nightdesk.desk.sources import sealing as to_members
from nightdesk.desk.sources.models import Source
from nightdesk.desk.sources.tests.keyed import give_key
from nightdesk.desk.stories.models import Paragraph

CANARIES = {
    "pseudonym": "zqkingfisherqz", "name": "zqminsuqz", "words": "zqtoldwordqz", "claimed": "zqclaimedqz", "basis": "zqbasisqz",
    "statement": "zqstatementqz", "actor": "zqactorqz", "party": "zqpartyqz", "note": "zqnoteqz", "window": "zqwindowqz",
    "limits": "zqlimitsqz", "danger": "zqdangerqz", "keep": "zqkeepqz", "card": "zqcardqz",
    "why": "zqwhyqz", "taught": "zqtaughtqz", "means": "zqmeansqz",
}  # fmt: skip
INDEXED = {"words", "statement", "actor", "party"}  # while it lives, terms of these stand in the search index
TOLD_OF = {"basis"}  # stands in what the engine says of an event, which is of no single source
SEALED = set(CANARIES) - INDEXED - TOLD_OF - {"pseudonym", "name"}


def told_everything(bob, alice):
    """A source that says a canary wherever something can be said."""
    said = CANARIES
    source = Source.objects.create(pseudonym=said["pseudonym"], made_on=clock.today())
    source.cleared.add(bob, alice)
    key = give_key(bob)
    holders = {bob.pk: to_members.fingerprint(key.public)}
    cards.write(bob, key, source, to_members.Card(name=said["card"]), 0, holders)
    arrival = Arrival.objects.create(
        digest="1" * 64, envelope=b"", arrived_on=clock.today(), collected_at=clock.now(), opened_at=clock.now(), content="2" * 64
    )  # fmt: skip
    report = Report.objects.create(
        source=source, arrival=arrival, lang="en", contact_on=clock.today(), channel="voice", basis=said["basis"],
        text=f"In Hoeryong {said['words']} asked for money.", claimed_name=said["claimed"], received_at=clock.now(),
    )  # fmt: skip
    account = Account.objects.create(report=report, end=len(report.text))
    from nightdesk.desk.search import documents

    documents.add("report", report)
    facts = {
        "statement": said["statement"],
        "actor": said["actor"],
        "party": said["party"],
        "act": "extortion",
        "basis": "eyewitness",
    }
    claim = claiming.claim(bob, account, 0, len(report.text), facts)
    contacts.write(
        bob, source, Entry(on=clock.today(), channel="voice", note=said["note"], window=said["window"])
    )
    danger.mark(bob, source, said["danger"])
    consent.write(
        bob, source, Said(said_on=clock.today(), purposes=["words"], limits=said["limits"], asked_by=bob)
    )
    from nightdesk.desk.care import retention

    retention.keep(alice, report, clock.today(), said["keep"])
    from nightdesk.desk.stories import actions as stories

    story = stories.draft(alice, f"What {said['name']} saw", "en", [claim])
    row = Paragraph.objects.filter(edition__story=story).first()
    Paragraph.objects.filter(pk=row.pk).update(text=f"{said['name']} of {said['pseudonym']} told it.")
    from nightdesk.desk.stories.versions import keep_version

    keep_version(story, f"with {said['name']}", alice)
    claiming.corroborate(alice)
    OwnTerm.objects.create(
        report=report, start=0, end=2, kind="person", value={}, words=said["taught"], means=said["means"],
        made_by=bob, made_at=clock.now(),
    )  # fmt: skip
    judge(alice, "one origin", _somebody_elses(bob), account, said["why"])  # under the other teller's key
    return source


def _somebody_elses(bob):
    source = Source.objects.create(pseudonym="wren", made_on=clock.today())
    source.cleared.add(bob)
    report = Report.objects.create(
        source=source, lang="en", contact_on=clock.today(), channel="voice", text="In Hoeryong they asked for money.",
        received_at=clock.now(),
    )  # fmt: skip
    return Account.objects.create(report=report, end=len(report.text))


JOURNEY = """
import os, sys
from pathlib import Path
folder = Path(sys.argv[1])
os.environ |= {"NIGHTDESK_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "nightdesk.desk.settings"}
os.environ["NIGHTDESK_CLOCK"] = "nightdesk.desk.conftest.newsroom_day"
import django
django.setup()
from nightdesk.desk import vault
vault.open_with(bytes(32))
from nightdesk.desk.beginning import migrate
migrate()
from nightdesk.desk.care.tests import test_purge_bytes
getattr(test_purge_bytes, sys.argv[2])(folder)
print("nothing left")
"""


def a_desk_of_its_own():
    from nightdesk.desk.review.tests import making
    from nightdesk.desk.staff.models import Member

    bob, alice, erin = (
        Member.objects.create(username=name, role=role, byline=name, password="!")
        for name, role in (("Bob", "reporter"), ("Alice", "editor"), ("Erin", "editor"))
    )
    making.newsroom()
    return alice, erin, told_everything(bob, alice)


def beside_a_reader(folder):
    """A second connection that began to read before the purge: its pages stay in the journal until it ends."""
    alice, erin, source = a_desk_of_its_own()
    reader = connection.copy()
    reader.ensure_connection()
    plain = reader.connection
    plain.isolation_level = None
    plain.execute("BEGIN")
    plain.execute("SELECT count(*) FROM sources_source").fetchall()
    done = purge(alice, erin, source, CANARIES["pseudonym"], CANARIES["name"])
    journal = folder / "desk.sqlite3-wal"
    assert done.done_at is None and journal.stat().st_size
    assert [row.pk for row in purging.unfinished()] == [done.pk]
    with connection.cursor() as cursor:  # whoever writes next is as patient as before
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)
    purging.finish_purges()
    assert purging.unfinished().exists()
    plain.execute("COMMIT")
    purging.finish_purges()
    done.refresh_from_db()
    assert done.done_at
    after = opened(folder / "desk.sqlite3")
    for kind, canary in CANARIES.items():
        assert canary.encode() not in after, kind
    reader.close()


def byte_by_byte(folder):
    """In a desk of its own on the disk, whose pages can be read one by one."""
    alice, erin, source = a_desk_of_its_own()
    purging.empty_journal()
    before = opened(folder / "desk.sqlite3")
    for kind in SEALED:
        assert CANARIES[kind].encode() not in before, kind
    assert CANARIES["pseudonym"].encode() in before and CANARIES["name"].encode() in before
    copy = Report.objects.filter(source=source).values("text", "seal_token").get()
    judged = CustodyEntry.objects.filter(subject__startswith="judgement:")
    assert judged.exists()
    purge(alice, erin, source, CANARIES["pseudonym"], CANARIES["name"])
    assert not judged.exists() and not Judgement.objects.exists()  # nor who judged what is gone, and when
    connection.close()
    after = opened(folder / "desk.sqlite3")
    for kind, canary in CANARIES.items():
        assert canary.encode() not in after, kind
        for path in folder.rglob("*"):
            assert not path.is_file() or canary.encode() not in path.read_bytes(), (kind, path)
    where = sealing.place("reports_report", "text", copy["seal_token"])
    with pytest.raises(sealing.Unopened):  # a copy of the rows without the key's row
        sealing.unseal(copy["text"], where)


def test_after_a_purge_no_byte_of_the_database_or_the_folder_holds_a_word_of_it(tmp_path):
    travel(tmp_path, "byte_by_byte")


def test_a_purge_beside_a_reader_is_done_only_when_the_journal_is_empty(tmp_path):
    travel(tmp_path, "beside_a_reader")


def travel(folder, journey):
    done = subprocess.run(
        [sys.executable, "-c", JOURNEY, str(folder), journey], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.split() == ["nothing", "left"]
