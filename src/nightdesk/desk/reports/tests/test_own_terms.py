"""A member says what words mean; reading knows it from then on, in every report, until it is set aside."""

from __future__ import annotations

import pytest

from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.reports import eyesonly, teaching
from nightdesk.desk.reports.models import OwnTerm
from nightdesk.desk.reports.reading import reading_of
from nightdesk.desk.reports.tests.test_reports import told
from nightdesk.desk.sourcekeys.fields import Sealed
from nightdesk.desk.sources.tests.keyed import give_key

pytestmark = pytest.mark.django_db
TEXT = "장마당에서 큰 거 한 장을 냈고 77431 부대 사람이 왔다."
OTHER = "다시 큰 거 한 장을 달라고 했다."


@pytest.fixture
def report(bob):
    return told("crane", bob, text=TEXT)


def teach(member, report, words, kind="money", means="100위안"):
    start = report.text.index(words)
    return teaching.teach(member, report, start, start + len(words), kind, means)


def read(report):
    return [(span.words, span.kind) for span in reading_of(report).spans]


def test_a_taught_word_is_read_in_every_report_from_then_on(bob, alice, report):
    other = told("heron", alice, text=OTHER)
    assert ("큰 거 한 장", "money") not in read(other)
    teach(bob, report, "큰 거 한 장")
    assert ("큰 거 한 장", "money") in read(report)
    assert ("큰 거 한 장", "money") in read(other)


def test_no_value_is_neither_read_nor_unread(bob, report):
    assert any("77431" in missed.words for missed in reading_of(report).unread)
    teach(bob, report, "77431 부대", "none", "ignored")
    assert not reading_of(report).unread
    assert OwnTerm.objects.get().means == ""


def test_the_newest_of_two_counts(bob, report):
    teach(bob, report, "큰 거 한 장", means="100위안")
    teach(bob, report, "큰 거 한 장", means="1,000위안")
    (span,) = [s for s in reading_of(report).spans if s.kind == "money"]
    assert span.value["amount"] == "1000"


def test_setting_aside_undoes_it_and_using_it_again_does_that_too(bob, report):
    term = teach(bob, report, "큰 거 한 장")
    teaching.set_aside(bob, term)
    assert ("큰 거 한 장", "money") not in read(report)
    teaching.use_again(bob, term)
    assert ("큰 거 한 장", "money") in read(report)
    verbs = (
        CustodyEntry.objects.filter(subject=f"ownterm:{term.pk}")
        .order_by("pk")
        .values_list("verb", flat=True)
    )
    assert list(verbs) == ["teach", "unteach", "teach"]


def test_changing_it_says_otherwise_what_the_same_words_mean(bob, report):
    term = teach(bob, report, "큰 거 한 장")
    teaching.change(bob, term, "quantity", "세 명")
    assert ("큰 거 한 장", "quantity") in read(report)


@pytest.mark.parametrize(
    ("kind", "means"), [("money", "많이"), ("date", "100위안"), ("colour", "red"), ("", "")]
)
def test_a_meaning_that_is_no_such_value_is_refused_and_nothing_is_kept(bob, report, kind, means):
    with pytest.raises(DeskError):
        teach(bob, report, "큰 거 한 장", kind, means)
    assert not OwnTerm.objects.exists()


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 7), (1, 5), (40, 90)])
def test_stretches_that_are_no_words_are_refused(bob, report, start, end):
    with pytest.raises(DeskError):
        teaching.teach(bob, report, start, end, "none", "")
    assert not OwnTerm.objects.exists()


def test_a_member_without_the_verb_cannot_teach(tariq, report):
    with pytest.raises(NotAllowed):
        teach(tariq, report, "큰 거 한 장")


def test_a_correction_is_a_case_that_says_when_it_holds_no_more(bob, report, monkeypatch):
    term = teach(bob, report, "큰 거 한 장")
    assert [one.outcome.held for one in teaching.check([term])] == ["holds"]
    OwnTerm.objects.filter(pk=term.pk).update(kind="date")  # as if an update had come between
    term.refresh_from_db()
    assert [one.outcome.held for one in teaching.check([term])] == ["lost"]


def test_words_and_meaning_lie_sealed_and_go_with_the_report(bob, report):
    term = teach(bob, report, "큰 거 한 장")
    row = OwnTerm.objects.filter(pk=term.pk).values_list("words", "means", "value").get()
    assert all(isinstance(cell, Sealed) for cell in row)
    report.delete()
    assert not OwnTerm.objects.exists()


def test_words_of_a_report_marked_eyes_only_are_taught_no_more(bob, report):
    teach(bob, report, "큰 거 한 장")
    key = give_key(bob)
    eyesonly.mark(bob, key, report, [bob.pk])
    assert not OwnTerm.objects.exists()


def test_a_report_shows_a_way_to_correct_each_stretch(bob, report, signed_in):
    page = signed_in(bob).get(report.get_absolute_url()).text
    assert f"/reports/{report.pk}/teach/?start=" in page
    assert "data-teach-mark" in page


def test_the_form_shows_the_words_keeps_them_and_leads_back(bob, report, signed_in):
    client = signed_in(bob)
    start = TEXT.index("큰 거")
    page = client.get(f"/reports/{report.pk}/teach/", {"start": start, "end": start + 7})
    assert '<mark class="here">큰 거 한 장</mark>' in page.text
    answer = client.post(
        f"/reports/{report.pk}/teach/",
        {"start": start, "end": start + 7, "kind": "money", "means": "100위안"},
    )
    assert answer.status_code == 302
    assert "CNY 100" in client.get(report.get_absolute_url()).text


def test_where_nothing_was_read_no_kind_is_chosen_and_the_form_alone_takes_nothing_away(
    bob, report, signed_in
):
    client = signed_in(bob)
    where = {"start": TEXT.index("77431"), "end": TEXT.index("77431") + 5}
    page = client.get(f"/reports/{report.pk}/teach/", where).text
    assert '<option value="" selected>' in page and "A bare number is read so only where" in page
    answer = client.post(f"/reports/{report.pk}/teach/", {**where, "kind": "", "means": ""})
    assert answer.status_code == 400 and not OwnTerm.objects.exists()


def test_words_may_be_typed_where_none_were_marked(bob, report, signed_in):
    answer = signed_in(bob).post(
        f"/reports/{report.pk}/teach/", {"typed_words": "큰 거 한 장", "kind": "money", "means": "100위안"}
    )
    assert answer.status_code == 302
    assert OwnTerm.objects.get().words == "큰 거 한 장"


def test_a_refused_form_gives_back_what_was_typed(bob, report, signed_in):
    answer = signed_in(bob).post(
        f"/reports/{report.pk}/teach/", {"start": 6, "end": 13, "kind": "money", "means": "꽤 많이"}
    )
    assert answer.status_code == 400
    assert 'value="꽤 많이"' in answer.text
    assert 'role="alert"' in answer.text


def test_the_list_shows_only_words_of_reports_one_may_read(bob, charlie, report, signed_in):
    term = teach(bob, report, "큰 거 한 장")
    assert "큰 거 한 장" in signed_in(bob).get("/reports/terms/").text
    assert "큰 거 한 장" not in signed_in(charlie).get("/reports/terms/").text
    for way in ("", "aside/"):
        assert signed_in(charlie).post(f"/reports/terms/{term.pk}/{way}").status_code == 404
    term.refresh_from_db()
    assert term.set_aside_at is None


def test_the_list_sets_aside_and_takes_back(bob, report, signed_in):
    term = teach(bob, report, "큰 거 한 장")
    client = signed_in(bob)
    client.post(f"/reports/terms/{term.pk}/aside/")
    term.refresh_from_db()
    assert term.set_aside_at
    client.post(f"/reports/terms/{term.pk}/aside/", {"back": "1"})
    term.refresh_from_db()
    assert term.set_aside_at is None


def test_what_is_read_is_shown_while_typing_and_nothing_is_kept(
    bob, signed_in, django_assert_max_num_queries
):
    client = signed_in(bob)
    with django_assert_max_num_queries(12):
        answer = client.post(
            "/reports/typed/",
            {"text": "지난주 2만 위안\r\n<b>냈다", "lang": "ko", "contact_on": "2023-12-15"},
        )
    assert 'data-note="CNY 20,000"' in answer.text
    assert "&lt;b&gt;" in answer.text
    assert "<textarea" not in answer.text


def test_the_sentence_of_a_claim_is_read_in_the_language_of_its_letters(bob, signed_in):
    client = signed_in(bob)
    for statement in (
        "Two agents demanded RMB 20,000",
        "보위원이 2만 위안을 요구했다",
        "保卫员要了两万元人民币",
    ):
        said = {"statement": statement, "lang": "", "contact_on": "2023-12-15"}
        assert 'data-note="CNY 20,000"' in client.post("/reports/typed/", said).text


@pytest.mark.parametrize(
    "said", [{}, {"text": "x" * 50_000}, {"text": "2만 위안", "lang": "fr", "contact_on": "soon"}]
)
def test_half_a_form_is_read_as_far_as_it_goes(bob, signed_in, said):
    assert signed_in(bob).post("/reports/typed/", said).status_code == 200


def test_without_script_a_button_shows_what_is_read_and_keeps_what_was_typed(bob, signed_in):
    said = {
        "source": "crane",
        "text": "2만 위안을 냈다",
        "lang": "ko",
        "contact_on": "2023-12-15",
        "look": "1",
    }
    answer = signed_in(bob).post("/arrivals/log/", said)
    assert answer.status_code == 200
    assert "CNY 20,000" in answer.text
    assert ">2만 위안을 냈다</textarea>" in answer.text
    assert 'value="crane"' in answer.text


def test_accounts_are_compared_with_the_desks_own_words(bob, report):
    from nightdesk.desk.claims import online
    from nightdesk.desk.reports.ownwords import opened

    teach(bob, report, "큰 거 한 장")
    held = online.Held()
    held.known = opened()
    reading = held._read(online.plain_account(report.accounts.get()))
    assert ("큰 거 한 장", "money") in [(span.words, span.kind) for span in reading.spans]
