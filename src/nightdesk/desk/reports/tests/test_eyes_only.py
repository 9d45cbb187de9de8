"""Eyes-only reports: words sealed to chosen members, unseen by others, read by no engine."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from nightdesk.desk import clock
from nightdesk.desk.care import purging
from nightdesk.desk.care.models import Purge
from nightdesk.desk.care.waiting import waiting
from nightdesk.desk.claims import actions as claiming
from nightdesk.desk.claims.corroborating import corroborate
from nightdesk.desk.claims.judging import judge, take_back
from nightdesk.desk.claims.models import Account, Claim, Corroboration, Event, Judgement
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.reports import eyesonly
from nightdesk.desk.reports.models import Report, SealedWords
from nightdesk.desk.reports.reading import reading_of
from nightdesk.desk.search import documents as search
from nightdesk.desk.search import index, keeping
from nightdesk.desk.sources import cards, sealing
from nightdesk.desk.sources.actions import unclear_for
from nightdesk.desk.sources.models import Card, Source
from nightdesk.desk.sources.tests.keyed import client_of, give_key

pytestmark = pytest.mark.django_db
WORDS = "회령시 보위부가 12월 15일에 2만 위안을 내라고 했다. 카나리아말."
FACTS = {"statement": "asked for money", "act": "extortion", "basis": "eyewitness"}


@pytest.fixture
def keys(alice, bob, dana):
    return {member.pk: give_key(member) for member in (alice, bob, dana)}


@pytest.fixture
def crane(bob, dana):
    source = Source.objects.create(pseudonym="crane", made_on=clock.today())
    source.cleared.add(bob, dana)
    return source


def told(source, text=WORDS):
    report = Report.objects.create(
        source=source, lang="ko", contact_on=date(2023, 12, 15), channel="voice", text=text, received_at=clock.now()
    )  # fmt: skip
    Account.objects.create(report=report, start=0, end=len(text))
    search.add("report", report)
    return report


@pytest.fixture
def report(crane):
    return told(crane)


@pytest.fixture
def sealed(report, bob, keys):
    eyesonly.mark(bob, keys[bob.pk], report, [bob.pk])
    return Report.objects.get(pk=report.pk)


def every_value():
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            yield from (
                str(value) for row in cursor.fetchall() for value in row if not isinstance(value, bytes)
            )


def test_marked_its_words_stand_nowhere_and_leave_the_index(sealed):
    assert sealed.text == ""
    assert not [value for value in every_value() if "카나리아" in value or "위안" in value]
    assert sealed.pk not in set(index.rows("report"))
    assert keeping.faults() == []


def test_chosen_members_open_the_words_and_nobody_else_does(bob, dana, sealed, keys):
    assert eyesonly.open_words(bob, keys[bob.pk], sealed) == (WORDS, False)
    with pytest.raises(DeskError, match="does not open"):
        eyesonly.open_words(dana, keys[dana.pk], sealed)
    verbs = CustodyEntry.objects.filter(subject=f"report:{sealed.pk}").values_list("verb", flat=True)
    assert [*verbs] == ["mark eyes only", "open eyes only"]


@pytest.mark.parametrize("who", ["alice", "dana"])
def test_others_do_not_see_that_it_exists(request, who, sealed, keys, crane):
    member = request.getfixturevalue(who)
    client = client_of(member, keys[member.pk])
    assert not Report.objects.visible_to(member).exists()
    for door in ("", "read/", "confirm/", "eyes-only/", "eyes-only/open/", "eyes-only/unmark/"):
        url = f"/reports/{sealed.pk}/{door}"
        assert (client.post(url) if door else client.get(url)).status_code == 404
    assert client.get(f"/custody/report/{sealed.pk}/").status_code == 404
    page = client.get(crane.get_absolute_url())
    assert f"/reports/{sealed.pk}/" not in page.text
    assert ">0<" in client.get("/sources/").text
    assert "There is no report for you yet" in client.get("/reports/").text


def test_its_page_shows_no_words_until_the_button(bob, sealed, keys):
    client = client_of(bob, keys[bob.pk])
    assert "위안" not in client.get(sealed.get_absolute_url()).text
    page = client.post(f"/reports/{sealed.pk}/eyes-only/open/")
    assert WORDS in page.text
    assert page["Cache-Control"] == "no-store"
    assert "eyes only" in client.get("/reports/").text


def test_no_engine_reads_sealed_words_and_says_so(bob, sealed):
    account = sealed.accounts.get()
    readers = [
        lambda: reading_of(sealed),
        lambda: account.text,
        lambda: claiming.claim(bob, account, 0, 3, FACTS),
        lambda: claiming.split(bob, account, 5),
    ]
    for reads in readers:
        with pytest.raises(DeskError, match="eyes only"):
            reads()
    assert not Claim.objects.exists()


def test_a_claim_form_that_was_open_meanwhile_makes_no_claim(bob, report, keys):
    account = Account.objects.select_related("report").get()
    assert account.report.told == WORDS
    eyesonly.mark(bob, keys[bob.pk], report, [bob.pk])
    with pytest.raises(DeskError, match="eyes only"):
        claiming.claim(bob, account, 0, 3, FACTS)


def test_it_leaves_the_comparison_with_all_that_was_said_of_it(alice, bob, crane, report, keys):
    heron = Source.objects.create(pseudonym="heron", made_on=clock.today())
    told(heron, WORDS.replace("카나리아말.", ""))
    Report.objects.update(teller_confirmed_at=clock.now())
    corroborate(alice)
    assert Corroboration.objects.exists()
    eyesonly.mark(bob, keys[bob.pk], report, [bob.pk])
    assert not Corroboration.objects.exists()
    assert report.accounts.get().event is None
    for event in Event.objects.all():
        assert event.accounts.exists() or not (event.why_parts or event.why or event.ask)


def test_a_report_that_claims_were_made_from_is_not_marked(bob, report, keys):
    claiming.claim(bob, report.accounts.get(), 0, 3, FACTS)
    page = client_of(bob, keys[bob.pk]).post(f"/reports/{report.pk}/eyes-only/", {"member": bob.pk})
    assert page.status_code == 400
    assert "Remove the claims first" in page.text
    assert Report.objects.get().text == WORDS


def test_it_is_sealed_to_cleared_members_with_a_key_and_to_oneself(alice, bob, dana, report, keys):
    for wanted in ([], [dana.pk], [bob.pk, alice.pk]):
        with pytest.raises(DeskError, match="Choose yourself"):
            eyesonly.mark(bob, keys[bob.pk], report, wanted)
    with pytest.raises(NotAllowed):
        eyesonly.mark(alice, keys[alice.pk], report, [alice.pk])
    with pytest.raises(DeskError, match="does not hold your key"):
        eyesonly.mark(bob, None, report, [bob.pk])


def test_unmarked_the_words_are_back_in_report_index_and_comparison(bob, dana, sealed, keys):
    client_of(bob, keys[bob.pk]).post(f"/reports/{sealed.pk}/eyes-only/unmark/")
    back = Report.objects.visible_to(dana).get()
    assert back.text == WORDS
    assert back.pk in set(index.rows("report"))
    assert keeping.faults() == []
    assert not SealedWords.objects.exists()
    assert back.accounts.get().event is not None


def test_taking_a_clearance_back_seals_the_words_anew(alice, bob, dana, crane, report, keys):
    eyesonly.mark(bob, keys[bob.pk], report, [bob.pk, dana.pk])
    row = SealedWords.objects.get()
    body = bytes(row.body)
    unclear_for(alice, crane, dana, keys[alice.pk])
    assert eyesonly.holders(row) == {bob.pk}
    found = Report.objects.get(pk=report.pk)
    assert eyesonly.open_words(bob, keys[bob.pk], found) == (WORDS, True)
    assert bytes(SealedWords.objects.get().body) != body


def test_the_last_who_opens_it_is_taken_away_only_when_the_loss_is_said(alice, bob, crane, sealed, keys):
    with pytest.raises(DeskError, match="nobody could open what is sealed here") as refused:
        unclear_for(alice, crane, bob, None)
    assert "eyes" not in str(refused.value)  # an editor shall not learn what there is
    unclear_for(alice, crane, bob, None, lose=True)
    assert not Report.objects.visible_to(bob).exists()


def test_words_moved_to_another_report_do_not_open_there(bob, crane, sealed, keys):
    other = told(crane, "another report")
    eyesonly.mark(bob, keys[bob.pk], other, [bob.pk])
    there, here = (SealedWords.objects.get(report=one) for one in (other, sealed))
    SealedWords.objects.filter(pk=there.pk).update(body=bytes(here.body))
    there.keys.update(sealed=here.keys.get().sealed)
    with pytest.raises(DeskError, match="does not open"):
        eyesonly.open_words(bob, keys[bob.pk], Report.objects.get(pk=other.pk))


def test_a_purge_takes_the_card_and_the_eyes_only_report_with_it(alice, erin, bob, crane, sealed, keys):
    holders = {bob.pk: sealing.fingerprint(keys[bob.pk].public)}
    cards.write(bob, keys[bob.pk], crane, sealing.Card(name="somebody"), 0, holders)
    asked = purging.ask(alice, crane, [], "The court wants it gone.")
    assert purging.rows_of(crane)["cards"] == 1
    purging.confirm(erin, asked.pk)
    assert not SealedWords.objects.exists()
    assert not Card.objects.exists()
    assert not Report.objects.exists()


def test_a_purge_of_it_is_asked_of_nobody_who_may_not_read_it_and_answered_by_nobody_else(
    alice, erin, bob, dana, keys, report, signed_in
):
    report.source.cleared.add(alice, erin)
    eyesonly.mark(alice, keys[alice.pk], report, [alice.pk, bob.pk])
    report = Report.objects.get(pk=report.pk)
    with pytest.raises(DeskError, match="may read this report"):
        purging.ask(alice, report, [], "a reason of several words")
    purge = Purge.objects.create(
        source=report.source, report=report, whole=False, names=[], reason="as before an update", asked_by=alice, asked_at=clock.now()
    )  # fmt: skip
    assert not waiting(erin, clock.today())
    client = signed_in(erin)
    assert client.post("/care/purge/answer/", {"purge": purge.pk, "answer": "confirm"}).status_code in (
        404,
        409,
    )
    assert client.post("/care/purge/answer/", {"purge": purge.pk, "answer": "keep"}).status_code in (404, 409)
    purge.refresh_from_db()
    assert purge.confirmed_at is None and purge.kept_at is None
    assert Report.objects.filter(pk=report.pk).exists()


def test_the_reasons_of_judgements_about_it_go_with_its_words(alice, bob, crane, report, keys):
    """A reason may say words on; it lies under one source's key and outlives the words it quotes."""
    one, other = Account.objects.get(report=report), Account.objects.get(report=told(crane))
    third = Account.objects.get(report=told(crane, "다른 말."))
    corroborate(alice)
    about = judge(alice, "one origin", other, one, "Both say 카나리아말.")
    back = judge(alice, "apart", one, third, "Says 카나리아말, the other does not.")
    take_back(alice, back)
    apart = judge(alice, "apart", other, third, "Another day.")
    eyesonly.mark(bob, keys[bob.pk], report, [bob.pk])
    for made, why in ((about, ""), (back, ""), (apart, "Another day.")):
        made.refresh_from_db()
        assert made.why == why
    assert Judgement.objects.standing().count() == 2  # what was decided stands
    verbs = CustodyEntry.objects.filter(subject=f"judgement:{about.pk}").values_list("verb", flat=True)
    assert [*verbs] == ["count as one", "change"]
