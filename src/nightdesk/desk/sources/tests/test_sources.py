"""Sources: seen by who is cleared, clearing decided by editors. The card has tests of its own (test_cards.py)."""

from __future__ import annotations

import re
from datetime import date

import pytest

from nightdesk.desk import clock
from nightdesk.desk.errors import NotAllowed
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources import actions, cards, views
from nightdesk.desk.sources.models import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def crane(bob):
    source = Source.objects.create(pseudonym="crane", made_on=clock.today())
    source.cleared.add(bob)
    return source


def test_an_editor_clears_a_reporter_and_takes_it_back(alice, dana, crane, signed_in):
    client = signed_in(alice)
    client.post(f"/sources/{crane.pk}/clear/", {"member": dana.pk})
    assert Source.objects.visible_to(dana).count() == 1
    client.post(f"/sources/{crane.pk}/unclear/", {"member": dana.pk})
    assert Source.objects.visible_to(dana).count() == 0


def test_a_reporter_clears_nobody_and_a_translator_can_be_cleared_for_nothing(
    alice, bob, charlie, tariq, crane, signed_in
):
    assert signed_in(bob).post(f"/sources/{crane.pk}/clear/", {"member": charlie.pk}).status_code == 403
    assert signed_in(alice).post(f"/sources/{crane.pk}/clear/", {"member": tariq.pk}).status_code == 400
    assert signed_in(alice).post(f"/sources/{crane.pk}/clear/", {"member": "x"}).status_code == 404


def test_a_source_is_graded_from_a_to_f(bob, crane, signed_in):
    signed_in(bob).post(f"/sources/{crane.pk}/grade/", {"reliability": "B"})
    crane.refresh_from_db()
    assert crane.reliability == "B"
    page = signed_in(bob).get(f"/sources/{crane.pk}/").text
    assert '<option value="B" selected>B · usually reliable</option>' in page
    assert signed_in(bob).post(f"/sources/{crane.pk}/grade/", {"reliability": "Z"}).status_code == 400


def test_a_reporter_is_cleared_for_the_source_he_makes(dana, crane, signed_in):
    signed_in(dana).post("/sources/new/", {"pseudonym": "plover"})
    made = Source.objects.visible_to(dana).get().pseudonym
    assert re.fullmatch("plover-[a-z]{2}", made)
    assert signed_in(dana).post("/sources/new/", {"pseudonym": made.upper()}).status_code == 400
    assert signed_in(dana).post("/sources/new/", {"pseudonym": ""}).status_code == 400


def test_a_reporter_cannot_ask_whether_a_name_is_somebodys_source(dana, crane, signed_in):
    """Taken or free, the answer is alike: a new source with two drawn letters."""
    answers = [
        signed_in(dana).post("/sources/new/", {"pseudonym": name}, follow=True)
        for name in ("crane", "plover")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    names = [source.pseudonym for source in Source.objects.visible_to(dana).order_by("pk")]
    assert [re.sub("-[a-z]{2}$", "", name) for name in names] == ["crane", "plover"]
    assert crane not in Source.objects.visible_to(dana)


def test_two_keyboards_make_one_source(alice, signed_in):
    composed, decomposed = "두루미", "\u1103\u116e\u1105\u116e\u1106\u1175"
    signed_in(alice).post("/sources/new/", {"pseudonym": decomposed})
    assert Source.objects.get().pseudonym == composed
    assert signed_in(alice).post("/sources/new/", {"pseudonym": composed}).status_code == 400


@pytest.mark.parametrize("who", ["charlie", "dana"])
def test_a_member_not_cleared_finds_no_source(request, who, alice, crane, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert "crane" not in client.get("/sources/").text
    assert client.get(crane.get_absolute_url()).status_code == 404
    for door in ("card", "card/write", "card/give", "card/two", "card/ask", "card/answer", "grade"):
        assert client.post(f"/sources/{crane.pk}/{door}/", {"reliability": "A"}).status_code == 404
    with pytest.raises(NotAllowed):
        cards.open_card(request.getfixturevalue(who), None, crane)


@pytest.mark.parametrize("door", ["", "1/"])
def test_a_translator_is_refused_at_the_sources(tariq, signed_in, door):
    assert signed_in(tariq).get(f"/sources/{door}").status_code == 403


@pytest.mark.parametrize(
    "door",
    [
        "new/",
        "1/grade/",
        "1/clear/",
        "1/unclear/",
        "1/card/",
        "1/card/write/",
        "1/card/give/",
        "1/card/two/",
        "1/card/ask/",
        "1/card/answer/",
    ],
)
def test_a_translator_can_do_nothing_to_a_source(tariq, signed_in, door):
    assert signed_in(tariq).post(f"/sources/{door}").status_code == 403


def test_a_reporters_own_name_typed_again_is_the_same_source(dana, signed_in):
    """Two sources of one name would count as two tellers."""
    from nightdesk.desk.sources.actions import meant_by

    made = actions.make(dana, "Reed")
    assert meant_by(dana, "reed") == made == meant_by(dana, made.pseudonym)
    assert meant_by(dana, "Ree") is None
    assert signed_in(dana).post("/sources/new/", {"pseudonym": "Reed"}).status_code == 400


def test_letters_that_are_taken_are_drawn_again(dana, monkeypatch):
    Source.objects.create(pseudonym="reed-bb", made_on="2023-12-01")
    drawn = iter("bbcc")
    monkeypatch.setattr(actions.secrets, "choice", lambda letters: next(drawn))
    assert actions.make(dana, "reed").pseudonym == "reed-cc"


def test_what_does_not_fit_on_a_sources_page_is_said_and_one_click_away(bob, crane, signed_in, monkeypatch):
    monkeypatch.setattr(views, "REPORTS_SHOWN", 2)
    for day in (1, 2, 3):
        Report.objects.create(
            source=crane, lang="ko", contact_on=date(2023, 12, day), channel="voice", text="말", received_at=clock.now()
        )  # fmt: skip
    page = signed_in(bob).get(crane.get_absolute_url()).text
    assert page.count("data-row") == 2 and "1 December 2023" not in page
    all_of_them = f"/reports/?source={crane.pk}"
    assert all_of_them in page and "1 December 2023" in signed_in(bob).get(all_of_them).text
    monkeypatch.setattr(views, "REPORTS_SHOWN", 3)
    assert all_of_them not in signed_in(bob).get(crane.get_absolute_url()).text
