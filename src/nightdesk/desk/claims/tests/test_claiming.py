"""From marked words to a claim, and what may be done with one."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import translation

from nightdesk.desk.claims import actions
from nightdesk.desk.claims.filling import fill
from nightdesk.desk.claims.forms import place_of, shown_as
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.custody.reading import broken_link, lines
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.reading import read
from nightdesk.reading.model import Reading, Span
from nightdesk.values.places import gazetteer

pytestmark = pytest.mark.django_db

FORM = {
    "statement": "Two agents demanded RMB 20,000", "actor": "", "act": "extortion", "party": "a broker",
    "place": "회령", "earliest": "2023-12-08", "latest": "2023-12-13", "amount": "20000", "currency": "cny",
    "sum_role": "demanded", "basis": "told by the person concerned", "knowers": "party", "knowers_low": "3",
    "knowers_high": "30",
}  # fmt: skip


def words(account, start=0, end=50):
    return {"account": account.pk, "start": start, "end": end}


def test_the_form_is_filled_from_the_marked_words(bob, told, signed_in):
    page = signed_in(bob).get("/claims/new/", words(told("millet", bob)))
    initial = page.context["form"].initial
    assert (initial["amount"], initial["currency"]) == ("20000", "CNY")
    assert initial["sum_role"] == "demanded"
    assert (str(initial["earliest"]), str(initial["latest"])) == ("2023-12-08", "2023-12-13")
    assert initial["place"] == "Hoeryong"
    assert initial["basis"] == "told by the person concerned"


def test_words_without_a_sum_are_filled_from_their_sentence(bob, told, signed_in):
    account = told("millet", bob)
    at = account.text.index("브로커를")
    page = signed_in(bob).get("/claims/new/", words(account, at, at + 4))
    assert page.context["form"].initial["amount"] == "20000"


def test_without_marked_words_each_sentence_is_offered(bob, told, signed_in):
    account = told("millet", bob)
    page = signed_in(bob).get("/claims/new/", {"account": account.pk})
    assert page.text.count('type="radio"') == 2
    assert signed_in(bob).get("/claims/new/", {"account": account.pk, "words": "0-50"}).context["start"] == 0


def test_a_claim_is_made_open_with_its_words_and_label(bob, told, signed_in):
    account = told("millet", bob)
    page = signed_in(bob).post("/claims/new/", words(account) | FORM)
    claim = Claim.objects.get()
    assert page.url == claim.get_absolute_url()
    assert (claim.status, claim.place, claim.currency, claim.edtf) == (
        "open",
        "hoeryong",
        "CNY",
        "2023-12-08/2023-12-13",
    )
    assert claim.words == account.text[:50]
    assert signed_in(bob).get(page.url).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"statement": ""}, {"act": "dancing"}, {"place": "Atlantis"}, {"currency": "shells"}, {"currency": ""},
        {"earliest": "2023-12-15"}, {"earliest": "2024-12-01", "latest": ""}, {"knowers_low": "40"},
    ],
)  # fmt: skip
def test_a_form_with_a_mistake_comes_back_with_what_was_typed(bob, told, signed_in, change):
    page = signed_in(bob).post("/claims/new/", words(told("millet", bob)) | FORM | change)
    assert page.status_code == 400
    assert "errorlist" in page.text and "a broker" in page.text
    assert Claim.objects.count() == 0


def test_a_refused_claim_names_every_faulty_field_and_keeps_what_was_read(bob, told, signed_in):
    typed = FORM | {"act": "", "place": "Atlantis", "sum_role": ""}
    page = signed_in(bob).post("/claims/new/", words(told("millet", bob)) | typed).text
    notice = page[page.index("Not saved.") : page.index("</p>", page.index("Not saved."))]
    assert [name in notice for name in ("#id_act", "#id_place", "#id_sum_role", "#id_party")] == [
        True
    ] * 3 + [False]
    assert notice.count("autofocus") == 1 and notice.index("autofocus") < notice.index("#id_place")
    assert '<mark data-kind="money"' in page and "CNY 20,000" in page


def test_a_claim_that_is_too_long_is_never_cut_and_says_what_to_do(bob, told, signed_in):
    typed = FORM | {"statement": "가" * 305, "earliest": "2023-12-14", "latest": "2023-12-01"}
    page = signed_in(bob).post("/claims/new/", words(told("millet", bob)) | typed).text
    field = page[page.index('<textarea name="statement"') : page.index("</textarea>")]
    assert "가" * 305 in field and 'data-letters="300"' in field and "maxlength" not in field
    assert "This has 305 letters and may have 300" in page
    assert "exchange the two, or correct one of them" in page


def test_changing_a_claim_begins_with_what_is_read_in_it(bob, told, claimed, signed_in):
    claim = claimed(told("millet", bob), bob, statement="Agents demanded 20,000 yuan")
    assert '<mark data-kind="money"' in signed_in(bob).get(f"/claims/{claim.pk}/edit/").text


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (0, 9999)])
def test_a_claim_rests_on_words_of_its_account(bob, told, signed_in, start, end):
    account = told("millet", bob)
    assert signed_in(bob).post("/claims/new/", words(account, start, end) | FORM).status_code == 400
    with pytest.raises(DeskError):
        actions.claim(bob, account, start, end, {})


def test_an_editor_accepts_a_reporter_does_not(alice, bob, told, claimed, signed_in):
    claim = claimed(told("millet", bob), bob)
    assert signed_in(bob).post(f"/claims/{claim.pk}/status/", {"status": "accepted"}).status_code == 403
    assert signed_in(bob).post(f"/claims/{claim.pk}/status/", {"status": "conflict"}).status_code == 302
    signed_in(alice).post(f"/claims/{claim.pk}/status/", {"status": "accepted"})
    claim.refresh_from_db()
    assert claim.status == "accepted"
    assert [e.verb for e in CustodyEntry.objects.filter(subject=f"claim:{claim.pk}")] == ["dispute", "accept"]
    assert broken_link(claim) is None


def test_an_accepted_claim_that_is_changed_is_open_again(alice, bob, told, claimed, signed_in):
    claim = claimed(told("millet", bob), bob, status="accepted")
    signed_in(bob).post(f"/claims/{claim.pk}/edit/", FORM)
    claim.refresh_from_db()
    assert (claim.status, claim.statement) == ("open", FORM["statement"])


def test_information_is_graded_apart_from_its_source(bob, told, claimed, signed_in):
    claim = claimed(told("millet", bob), bob)
    signed_in(bob).post(f"/claims/{claim.pk}/grade/", {"credibility": "2"})
    claim.refresh_from_db()
    assert claim.credibility == "2"
    page = signed_in(bob).get(f"/claims/{claim.pk}/").text
    assert '<option value="2" selected>2 · probably true</option>' in page
    said = signed_in(bob).post(f"/claims/{claim.pk}/grade/", {"credibility": ""}, follow=True).text
    assert "The grade of the information is taken away." in said
    assert signed_in(bob).post(f"/claims/{claim.pk}/grade/", {"credibility": "7"}).status_code == 400
    assert signed_in(bob).post(f"/claims/{claim.pk}/status/", {"status": "true"}).status_code == 400


def test_the_list_narrows_by_status_place_and_act(bob, told, claimed, signed_in):
    account = told("millet", bob)
    claimed(account, bob, statement="In Hoeryong", place="hoeryong")
    claimed(account, bob, statement="A fine", act="fine", status="accepted")
    client = signed_in(bob)
    assert "A fine" not in client.get("/claims/", {"place": "hoeryong"}).text
    assert "In Hoeryong" not in client.get("/claims/", {"act": "fine"}).text
    assert "In Hoeryong" not in client.get("/claims/", {"status": "accepted"}).text
    assert "No claim fits." in client.get("/claims/", {"status": "conflict"}).text


def test_days_and_people_are_written_as_the_page_s_language_writes_them(bob, told, claimed, signed_in):
    days = {"earliest": date(2023, 12, 1), "latest": date(2023, 12, 10), "edtf": "2023-12-01/2023-12-10"}
    claim = claimed(
        told("millet", bob), bob, knowers="public", knowers_low=20000, knowers_high=150000, **days
    )
    listed, shown = (
        signed_in(bob).get(url, headers={"accept-language": "ko"}).text
        for url in ("/claims/", f"/claims/{claim.pk}/")
    )
    assert "2023년 12월 1~10일" in listed and "2023-12-01/" not in listed
    assert "20,000~150,000명" in shown and "지역 주민 전체" in shown


@pytest.mark.parametrize(
    "door",
    ["/claims/{claim}/", "/claims/{claim}/edit/", "/claims/new/?account={account}", "/claims/event/{event}/"],
)
@pytest.mark.parametrize("who", ["charlie", "dana"])
def test_a_member_not_cleared_for_the_source_finds_nothing(
    request, who, door, alice, bob, told, claimed, signed_in
):
    account = told("millet", bob)
    claim = claimed(account, bob)
    actions.corroborate(alice)
    account.refresh_from_db()
    address = door.format(claim=claim.pk, account=account.pk, event=account.event_id)
    assert signed_in(bob).get(address).status_code == 200
    assert signed_in(request.getfixturevalue(who)).get(address).status_code == 404


@pytest.mark.parametrize(
    "door",
    [
        "claims/{claim}/status/",
        "claims/{claim}/remove/",
        "claims/{claim}/grade/",
        "claims/account/{account}/split/",
        "claims/account/{account}/join/",
    ],
)
def test_a_member_not_cleared_can_change_nothing(door, charlie, bob, told, claimed, signed_in):
    account = told("millet", bob)
    address = "/" + door.format(claim=claimed(account, bob).pk, account=account.pk)
    assert (
        signed_in(charlie).post(address, {"status": "conflict", "credibility": "1", "at": "60"}).status_code
        == 404
    )


def test_a_member_without_sources_has_an_empty_list(charlie, bob, told, claimed, signed_in):
    claimed(told("millet", bob), bob, statement="Secret")
    page = signed_in(charlie).get("/claims/").text
    assert "Secret" not in page and "No claim was made yet." in page


@pytest.mark.parametrize(
    "door", ["/claims/", "/claims/1/", "/claims/1/edit/", "/claims/new/?account=1", "/claims/event/1/"]
)
def test_a_translator_is_refused_at_every_door_of_claims(tariq, signed_in, door):
    assert signed_in(tariq).get(door).status_code == 403


@pytest.mark.parametrize(
    "door", ["1/status/", "1/grade/", "account/1/split/", "account/1/join/", "corroborate/"]
)
def test_a_translator_can_do_nothing_there(tariq, signed_in, door):
    assert signed_in(tariq).post(f"/claims/{door}").status_code == 403


def test_the_verbs_themselves_refuse_a_translator(tariq, bob, told, claimed):
    claim = claimed(told("millet", bob), bob)
    for verb in (
        lambda: actions.claim(tariq, claim.account, 0, 5, {}), lambda: actions.set_status(tariq, claim, "conflict"),
        lambda: actions.grade(tariq, claim, "1"), lambda: actions.split(tariq, claim.account, 55),
        lambda: actions.join(tariq, claim.account), lambda: actions.corroborate(tariq),
        lambda: actions.change(tariq, claim, {}),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            verb()


def test_the_list_asks_the_same_number_of_questions_for_five_and_thirty(
    bob, told, claimed, signed_in, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    account, client, asked = told("millet", bob), signed_in(bob), []
    for number in (5, 25):
        for _ in range(number):
            claimed(account, bob, status="accepted")
        with CaptureQueriesContext(connection) as queries:
            client.get("/claims/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_an_edit_that_changes_nothing_changes_nothing(bob, told, signed_in):
    account, client = told("millet", bob), signed_in(bob)
    client.post("/claims/new/", words(account) | FORM)
    before = Claim.objects.values().get()
    form = client.get(f"/claims/{before['id']}/edit/").context["form"]
    client.post(f"/claims/{before['id']}/edit/", {name: form[name].value() or "" for name in form.fields})
    assert Claim.objects.values().get() == before


def test_every_place_of_the_gazetteer_comes_back_as_itself():
    for key in gazetteer():
        assert place_of(shown_as(key)) == key


def test_a_claim_made_by_mistake_is_removed_by_who_made_it(bob, told, claimed, signed_in):
    account = told("millet", bob)
    claim = claimed(account, bob)
    answer = signed_in(bob).post(f"/claims/{claim.pk}/remove/")
    assert answer["Location"] == account.report.get_absolute_url()
    assert not Claim.objects.exists()
    log = lines(f"report:{account.report_id}", verb="remove")
    assert [line.member for line in log] == [bob.pk] and broken_link(account.report) is None


def test_a_claim_under_a_story_is_not_removed(alice, bob, told, claimed, signed_in):
    from nightdesk.desk.stories import actions as stories

    claim = claimed(told("millet", bob), bob)
    stories.draft(alice, "A title", "ko", [claim])
    answer = signed_in(alice).post(f"/claims/{claim.pk}/remove/")
    assert answer.status_code == 400 and "rests on this claim" in answer.content.decode()
    assert Claim.objects.exists()


def test_a_coded_claim_is_not_removed(alice, bob, told, claimed):
    from nightdesk.desk.incidents import actions as incidents

    claim = claimed(told("millet", bob), bob, status="accepted")
    incidents.code(alice, claim)
    with pytest.raises(DeskError, match="rests on this claim"):
        actions.remove(alice, claim)


def test_another_reporters_claim_is_removed_by_editors_alone(alice, bob, dana, told, claimed, signed_in):
    claim = claimed(told("millet", bob, dana), bob)
    assert signed_in(dana).post(f"/claims/{claim.pk}/remove/").status_code == 403
    assert Claim.objects.exists()
    signed_in(alice).post(f"/claims/{claim.pk}/remove/")
    assert not Claim.objects.exists()


def test_an_accepted_claim_is_removed_by_editors_alone(alice, bob, told, claimed, signed_in):
    claim = claimed(told("millet", bob), bob, status="accepted")
    assert signed_in(bob).post(f"/claims/{claim.pk}/remove/").status_code == 403
    signed_in(alice).post(f"/claims/{claim.pk}/remove/")
    assert not Claim.objects.exists()


def test_the_actor_is_filled_in_in_the_language_of_the_page():
    found = Span(0, 3, "보위부", "organisation", {"unit": "state security", "office": "state-security"})
    reading = Reading("ko", (found,), ())
    with translation.override("en"):
        assert fill(reading, "보위부", 0, 3, (0, 3), "")["actor"] == "state security"
    with translation.override("ko"):
        assert not re.search("[a-z]", fill(reading, "보위부", 0, 3, (0, 3), "")["actor"])


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("망양동 집에 보위부 세 명이 들이닥쳐 중국 손전화 2대를 빼앗아 갔다.", "hyesan"),
        ("보위부가 중국 손전화 2대를 회령에서 빼앗아 갔다.", "hoeryong"),
        ("그는 중국으로 갔다.", "cn"),
    ],
)
def test_the_place_of_a_claim_is_the_finest_named_before_a_country_that_goods_come_from(told, place):
    reading = read(f"혜산이다. {told}", "ko", date(2023, 12, 17), "KP")
    bounds = len("혜산이다. "), len("혜산이다. ") + len(told)
    assert fill(reading, f"혜산이다. {told}", *bounds, bounds, "unknown")["place"] == place
