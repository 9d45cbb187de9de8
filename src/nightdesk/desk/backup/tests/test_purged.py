"""A purge reaches the main part: neither the desk's keys nor a member's own open there what a source told.

With the real tables: a card, an eyes-only report, a story with its review, and accounts that agree.
"""

from __future__ import annotations

import base64
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from nightdesk.desk import clock
from nightdesk.desk.backup import dump, keypart, load, making
from nightdesk.desk.backup.tests.test_parts import HELD, back_up, place
from nightdesk.desk.care import purging
from nightdesk.desk.claims.corroborating import corroborate
from nightdesk.desk.claims.judging import judge
from nightdesk.desk.claims.models import Account, Corroboration, Event, Judgement
from nightdesk.desk.errors import DeskError
from nightdesk.desk.reports import eyesonly
from nightdesk.desk.reports.models import Report, WordsKey
from nightdesk.desk.review import actions as reviewing
from nightdesk.desk.review.models import Finding, Review
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.tests import making as stories
from nightdesk.desk.search import documents as search
from nightdesk.desk.sourcekeys import sealing as sourcekeys
from nightdesk.desk.sourcekeys.models import SourceKey
from nightdesk.desk.sources import cards, sealing
from nightdesk.desk.sources.models import Card, CardKey, Reveal, Source
from nightdesk.desk.sources.tests.keyed import give_key

CANARY = "카나리아"
WORDS = f"회령시 보위부가 12월 15일에 2만 위안을 내라고 했다. {CANARY}말."
OPEN = f"회령시 보위부가 12월 15일에 3만 위안을 받아 갔다. {CANARY}들음."
real = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("borg")]


@pytest.fixture
def to(tmp_path):
    return tmp_path / "elsewhere"


def told(source, text):
    report = Report.objects.create(
        source=source, lang="ko", contact_on=date(2023, 12, 15), channel="voice", text=text, received_at=clock.now()
    )  # fmt: skip
    Account.objects.create(report=report, start=0, end=len(text))
    search.add("report", report)
    return report


@pytest.fixture
def crane(bob):
    source = Source.objects.create(pseudonym="crane", made_on=clock.today(), reliability="B")
    source.cleared.add(bob)
    return source


@pytest.fixture
def key(bob, crane):
    """Bob's own key; crane has a card, an eyes-only report and an open one, sealed to him."""
    own = give_key(bob)
    people = {bob.pk: sealing.fingerprint(bytes(bob.public_key))}
    cards.write(bob, own, crane, sealing.Card(name=f"{CANARY}-name"), 0, people)
    eyesonly.mark(bob, own, told(crane, WORDS), [bob.pk])
    told(crane, OPEN)
    return own


def stream(where, name) -> list[bytes]:
    with where.read(name) as pipe:
        return list(load.lines_of(pipe))


def restored(tmp_path, to, name: str) -> None:
    """The rows of the archive in this database, as a restore loads them."""
    there = place(tmp_path, to)
    with transaction.atomic():
        load.empty(dump.KEYS)
        load.empty(dump.DESK)
        found = load.Stream.begin(stream(there.main, name), dump.DESK)
        first, _files = found.files(None)
        _told, counters, kept = load.tables(first, found.rest(), True)
        load.set_sequences(counters)
        opened = keypart.load_into(there.short, name)
        load.prove(kept, dump.DESK)
        load.prove(opened.kept, dump.KEYS)
        connection.check_constraints()
    sourcekeys.let_go()


class TestAPurge:
    pytestmark = real

    def purged(self, first, second, crane) -> None:
        purging.confirm(second, purging.ask(first, crane, [], "She asked to be forgotten.").pk)

    def test_before_it_the_restored_rows_open_everything(self, tmp_path, to, bob, crane, key) -> None:
        made = back_up(tmp_path, to)
        restored(tmp_path, to, made.name)
        assert cards.open_card(bob, key, Source.objects.get()).card.name == f"{CANARY}-name"
        closed, plain = Report.objects.order_by("pk")
        assert eyesonly.open_words(bob, key, closed)[0] == WORDS
        assert plain.text == OPEN

    def test_once_the_key_part_expired_the_main_part_opens_neither_card_nor_words(
        self, tmp_path, to, alice, erin, bob, crane, key
    ) -> None:
        first = back_up(tmp_path, to)
        self.purged(alice, erin, crane)
        back_up(tmp_path, to, after=31)
        there = place(tmp_path, to)
        assert first.name not in there.short.names()
        for name in there.short.names():
            assert '"sources_cardkey"' in b"".join(stream(there.short, name)).decode()
        restored(tmp_path, to, first.name)
        self.nothing_opens(bob, key)

    def test_while_the_key_part_lives_an_older_backup_does_not_undo_it(
        self, tmp_path, to, alice, erin, bob, crane, key
    ) -> None:
        first = back_up(tmp_path, to)
        self.purged(alice, erin, crane)
        back_up(tmp_path, to, after=1)
        restored(tmp_path, to, first.name)
        self.nothing_opens(bob, key)

    def nothing_opens(self, bob, key) -> None:
        source = Source.objects.get(pseudonym="crane")  # the shell of it is in the main part
        assert not (SourceKey.objects.exists() or CardKey.objects.exists() or WordsKey.objects.exists())
        with pytest.raises(DeskError):
            cards.open_card(bob, key, source)
        closed, plain = Report.objects.order_by("pk")
        with pytest.raises(DeskError):
            eyesonly.open_words(bob, key, closed)
        with pytest.raises(DeskError):
            assert plain.text

    def test_a_card_written_anew_since_does_not_close_the_older_backups_card(
        self, tmp_path, to, bob, crane, key
    ) -> None:
        first = back_up(tmp_path, to)
        people = {bob.pk: sealing.fingerprint(bytes(bob.public_key))}
        cards.write(bob, key, crane, sealing.Card(name="later"), cards.row_of(crane).version, people)
        back_up(tmp_path, to, after=1)
        restored(tmp_path, to, first.name)
        assert cards.open_card(bob, key, Source.objects.get()).card.name == f"{CANARY}-name"


class TestAKeyLostOnTheWay:
    pytestmark = real

    @pytest.mark.parametrize(
        "lost", ["sourcekeys_sourcekey", "sources_cardkey", "sources_reveal", "reports_wordskey"]
    )
    def test_is_missed_and_nothing_is_restored(
        self, tmp_path, to, bob, crane, key, lost, monkeypatch
    ) -> None:
        Reveal.objects.create(
            card=Card.objects.get(), asks=bob, session="s" * 64, wish="look", version=1, asked_at=clock.now()
        )
        made, insert = back_up(tmp_path, to), load.insert
        monkeypatch.setattr(
            load, "insert", lambda table, columns, rows: insert(table, columns, rows[table == lost :])
        )
        with pytest.raises(load.Refused, match=f"the table {lost}"):
            restored(tmp_path, to, made.name)


@pytest.mark.django_db
class TestTheMainPart:
    def lines(self, tmp_path) -> str:
        return b"".join(dump.lines(dump.DESK, {}, tmp_path)).decode()

    def test_holds_no_plain_card_and_says_how_many_there_are(self, tmp_path, crane) -> None:
        Source.objects.filter(pk=crane.pk).update(old_card=f"{CANARY}-old")
        assert dump.plain_cards() == 1
        assert CANARY not in self.lines(tmp_path)
        assert CANARY not in b"".join(dump.lines(dump.KEYS, {}, tmp_path)).decode()

    def test_repeats_nothing_of_what_was_told(self, tmp_path, bob, tariq, alice) -> None:
        stories.newsroom()
        story = stories.story(bob, tariq)
        reviewing.review(alice, story)
        corroborate(alice)
        assert Finding.objects.exists() and Event.objects.exclude(why="").exists()
        quoted = [row.why for row in Event.objects.exclude(why="")]
        quoted += [row.why for row in Corroboration.objects.exclude(why="")]
        whole = self.lines(tmp_path)
        assert '"review_finding"' not in whole.split('{"manifest"')[0]
        for sentence in quoted:
            assert sentence not in whole
        assert Review.objects.get().fingerprint not in whole

    def test_leaves_out_why_somebody_judged_for_it_may_quote_the_other_teller(
        self, tmp_path, alice, crane
    ) -> None:
        first, second = (Account.objects.get(report=told(crane, words)) for words in (OPEN, WORDS))
        corroborate(alice)
        made = judge(alice, "one origin", first, second, f"{CANARY}-why")
        sealed = base64.b64encode(bytes(Judgement.objects.values_list("why", flat=True).get()))
        lines = list(dump.lines(dump.DESK, {}, tmp_path))
        assert sealed not in b"".join(lines)
        load.empty(dump.DESK)
        found = load.Stream.begin(lines, dump.DESK)
        first_row, _files = found.files(None)
        load.tables(first_row, found.rest(), True)
        back = Judgement.objects.get(pk=made.pk)
        assert (back.kind, back.account_id, back.other_id, back.why) == (
            "one origin",
            first.pk,
            second.pk,
            "",
        )

    def test_comes_back_asking_for_a_review_and_a_comparison_fills_what_was_empty(
        self, tmp_path, bob, tariq, alice
    ) -> None:
        stories.newsroom()
        story = stories.story(bob, tariq)
        reviewing.review(alice, story)
        corroborate(alice)
        said = {row.engine_id: (row.why, row.why_parts) for row in Event.objects.all()}
        assert standing_of(story).reviewed
        lines = list(dump.lines(dump.DESK, {}, tmp_path))
        Finding.objects.all().delete()
        load.empty(dump.DESK)
        found = load.Stream.begin(lines, dump.DESK)
        first, _files = found.files(None)
        _told, _counters, kept = load.tables(first, found.rest(), True)
        load.prove(kept, dump.DESK)
        assert not standing_of(story).reviewed
        assert not Event.objects.exclude(why="").exists()
        corroborate(alice)
        assert {row.engine_id: (row.why, row.why_parts) for row in Event.objects.all()} == said


def test_the_days_are_those_of_the_setting() -> None:
    now = clock.now()
    old = making.new_name(now - timedelta(days=31))
    assert making.expired([old, making.new_name(now)], now, 30) == [old]
    assert HELD.folder.count("-") == 2
