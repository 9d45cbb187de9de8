"""Alice the editor, Bob and Charlie the reporters, Tariq the translator, Ana the analyst: who finds what."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from sqlcipher3 import dbapi2

from nightdesk.desk.search import documents, finding, index, keeping, pace, views
from nightdesk.desk.search.terms import needles
from nightdesk.desk.search.tests.saying import claimed, found, told
from nightdesk.desk.sources.models import Source
from nightdesk.desk.stories import actions
from nightdesk.desk.stories.tests.making import make_story, paragraphs
from nightdesk.desk.translation import actions as translating

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(pace.time, "sleep", lambda _seconds: None)


@pytest.fixture
def ana(db):
    from nightdesk.desk.staff.models import Member

    return Member.objects.create_member("Ana", "five words that nobody guesses", role="analyst")


@pytest.mark.parametrize(
    "typed", ["회령", "쌀", "보위부", "회령 위안", '"2만 위안"', "边境", "境", "sweep", "SWEEP 회령", "swe*"]
)
@pytest.mark.parametrize("order", [finding.newest, finding.relevant])
def test_words_of_three_languages_are_found_in_both_orders(bob, typed, order):
    report, _other = told("crane", bob), told("crane", bob, text="다른 이야기")
    assert found(bob, typed, order=order) == [report.pk]


@pytest.mark.parametrize(
    "typed", ["보위요원", '"위안 2만"', "weep", "회령 무산", "_s1", "회령 OR 무산", '"회령" NOT']
)
@pytest.mark.parametrize("order", [finding.newest, finding.relevant])
def test_what_is_not_there_is_not_found_and_nothing_typed_is_an_operator(bob, typed, order):
    told("crane", bob)
    assert found(bob, typed, order=order) == []


def test_syllables_that_stand_apart_are_promised_by_the_index_and_dropped(bob):
    apart = told("crane", bob, text="보위부와 국위부원")
    assert index.newest("report", index.Wanted(needles("보위부원")), 9) == [apart.pk]
    assert found(bob, "보위부원") == [] == found(bob, "보위부원", order=finding.relevant)


def test_three_syllables_that_stand_apart_are_not_even_promised(bob):
    told("crane", bob, text="보위대와 국위부")
    assert index.newest("report", index.Wanted(needles("보위부")), 9) == []


def test_newest_first_or_what_is_most_about_the_words(bob):
    about = told("crane", bob, text="회령 회령 회령에서")
    newer = told("crane", bob, text="회령을 지나 " + "시장에서 들었다 " * 60)
    assert found(bob, "회령") == [newer.pk, about.pk]
    assert found(bob, "회령", order=finding.relevant) == [about.pk, newer.pk]


def test_the_list_says_by_which_day_it_is_in_order(alice, bob, signed_in):
    """A call of last year, noted today, stands above one of this week that was opened yesterday."""
    for told_on, came_on in ((date(2023, 12, 15), 16), (date(2022, 12, 20), 17)):
        report = told("crane", bob, text="회령 이야기")
        came = datetime(2023, 12, came_on, 9, tzinfo=UTC)
        type(report).objects.filter(pk=report.pk).update(contact_on=told_on, received_at=came)
    claimed(bob, report)
    client = signed_in(alice)
    shown = page(client, q="회령").context["page"].results
    assert [one.since for one in shown] == ["opened on 17 December 2023", "opened on 16 December 2023"]
    assert [one.day.year for one in shown] == [2022, 2023]
    text = page(client, q="회령").text
    assert "newest opened first" in text and "opened on 17 December 2023" in text
    assert "no. " not in text
    again = told("crane", bob, text="회령 이야기")
    type(again).objects.filter(pk=again.pk).update(contact_on=date(2022, 12, 20))
    assert f">no. {again.pk}<" in page(client, q="회령").text
    claims = page(client, q="회령", kind="claim").text
    assert f"(no. {report.pk})" in claims
    assert "newest claim first" in claims and "crane 20 December 2022" in claims and "made on " in claims


def test_each_member_finds_exactly_what_visible_to_shows(alice, bob, charlie, tariq, ana):
    report = told("crane", bob)
    claim = claimed(bob, report, actor="보위부 회령")
    story = make_story(alice, [claim], ["회령에서 단속이 있었다."], title="회령 단속")
    korean = story.editions.get(lang="ko")
    everything = {"report": [report.pk], "claim": [claim.pk], "edition": [korean.pk]}
    nothing = {kind: [] for kind in everything}
    assert {kind: found(alice, "회령", kind) for kind in everything} == everything
    assert {kind: found(bob, "회령", kind) for kind in everything} == everything
    assert {kind: found(charlie, "회령", kind) for kind in everything} == nothing
    assert (found(tariq, "회령", "report"), found(tariq, "회령", "claim")) == (None, None)
    assert found(tariq, "회령", "edition") == []
    actions.hand_over(alice, story)
    assert found(tariq, "회령", "edition") == [korean.pk]
    actions.take_back(alice, story)
    assert found(tariq, "회령", "edition") == []
    assert finding.kinds_of(ana) == []


def test_a_reporter_finds_a_story_as_long_as_it_rests_on_a_claim_of_his_source(alice, bob):
    claim = claimed(bob, told("crane", bob))
    story = make_story(alice, [], ["회령에서 단속이 있었다."])
    edition = story.editions.get()
    assert found(bob, "단속", "edition") == []
    actions.attach(alice, paragraphs(story)[0], claim)
    assert found(bob, "단속", "edition") == [edition.pk]
    actions.detach(alice, paragraphs(story)[0], claim)
    assert found(bob, "단속", "edition") == []
    assert keeping.faults() == []


def test_a_clearance_given_or_taken_counts_from_the_next_search(alice, bob):
    report = told("crane")
    assert found(bob, "회령") == []
    report.source.cleared.add(bob)
    assert found(bob, "회령") == [report.pk]
    report.source.cleared.remove(bob)
    assert found(bob, "회령") == []


def test_scopes_that_lag_behind_hide_and_never_show(bob, charlie):
    """The index is a way to rows; `visible_to` decides. Here the index is told something false."""
    hidden = told("crane", bob)
    mine = told("mine", charlie, text="다른 말")
    terms = documents.report_document(hidden).terms[:-1]
    with transaction.atomic():
        index.remove("report", [(hidden.pk, documents.report_document(hidden).terms)])
        index.add("report", [(hidden.pk, [*terms, documents.of_source(mine.source_id)])])
    for order in (finding.newest, finding.relevant):
        assert found(charlie, "회령", order=order) == []


def page(client, **wanted):
    return client.get("/search/", wanted)


def counts(answer):
    return {tab.kind: tab.count for tab, _label in answer.context["tabs"]}


def test_the_screen_of_a_member_is_the_same_byte_for_byte_whether_hidden_rows_exist_or_not(
    charlie, bob, alice, signed_in
):
    told("mine", charlie, text="회령 회령 무산")
    told("mine", charlie, text="무산 무산 회령 " + "시장 " * 50)
    client = signed_in(charlie)
    asked = [
        {"q": q, "order": o, "kind": k}
        for q in ("회령", "회령 무산", "단속", "보위부")
        for o in ("", "relevance")
        for k in ("", "edition")
    ]

    def screens():
        return [_body(page(client, **each).text) for each in asked]

    before = screens()
    for _ in range(12):
        report = told("crane", bob, text="회령 단속 무산 회령 보위부")
    make_story(alice, [claimed(bob, report)], ["회령 단속"], title="보위부")
    assert screens() == before


def _body(text):
    """The page's main part; the token against forged forms differs each time."""
    return text[text.index("<main") : text.index("</main>")]


def test_two_words_are_ranked_by_how_rare_they_are_among_the_members_own(charlie, bob):
    """Else the order would tell how often others' sources say a word."""
    long = " " + "시장 " * 80
    a = told("mine", charlie, text="회령 회령 회령 무산" + long)
    b = told("mine", charlie, text="회령 무산 무산 무산" + long)
    told("mine", charlie, text="무산" + long)
    before = found(charlie, "회령 무산", order=finding.relevant)
    assert before == [a.pk, b.pk]
    for _ in range(20):
        told("crane", bob, text="회령 이야기")
    assert found(charlie, "회령 무산", order=finding.relevant) == before


def test_tabs_count_and_words_are_marked(alice, bob, signed_in):
    report = told("crane", bob, text="<b>회령</b>에서 왔다")
    claimed(bob, report, statement="회령 <i>asked</i>")
    answer = page(signed_in(alice), q="회령")
    assert counts(answer) == {"report": "1", "claim": "1", "edition": "0"}
    assert "&lt;b&gt;<mark>회령</mark>&lt;/b&gt;" in answer.text
    claims = page(signed_in(alice), q="회령", kind="claim").text
    assert "<mark>회령</mark> &lt;i&gt;asked" in claims
    assert "stand in what another tab shows" in page(signed_in(alice), q="회령", kind="edition").text


def test_counts_end_at_a_number_and_pages_do_not(alice, bob, signed_in, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 200)
    made = [told("crane", bob, text=f"회령 {number}").pk for number in range(205)]
    client, url, seen = signed_in(alice), "/search/?q=회령", []
    answer = client.get(url)
    assert counts(answer)["report"] == "200+"
    for _ in range(11):
        seen += [int(one.url.strip("/").split("/")[1]) for one in answer.context["page"].results]
        if (below := answer.context["page"].older) is None:
            break
        answer = client.get(f"{url}&below={below}")
    assert seen == made[::-1]
    ranked = client.get(f"{url}&order=relevance&page=2")
    assert (ranked.context["page"].number, ranked.context["page"].pages) == (2, 10)


def test_the_list_of_reports_says_when_it_did_not_look_at_all(alice, bob, signed_in, monkeypatch):
    from nightdesk.desk.reports import views

    monkeypatch.setattr(views, "MOST_FOUND", 2)
    for _ in range(3):
        told("crane", bob)
    page = signed_in(alice).get("/reports/", {"q": "회령"})
    assert len(page.context["page"].object_list) == 2 and "newest 2 reports" in page.text
    assert "newest 2 reports" not in signed_in(alice).get("/reports/", {"q": "없는말"}).text


@pytest.mark.parametrize(
    "asked", ["", "q=!!", "q=없는말", "q=회령&page=zz&below=x&kind=zz&order=zz", "q=" + "가" * 900]
)
def test_the_screen_explains_instead_of_failing(alice, bob, signed_in, asked):
    told("crane", bob)
    assert signed_in(alice).get(f"/search/?{asked}").status_code == 200


def test_a_translator_is_led_to_the_translation_and_sees_no_claim(alice, bob, tariq, signed_in):
    story = make_story(alice, [claimed(bob, told("crane", bob))], ["회령에서 단속이 있었다."])
    actions.hand_over(alice, story)
    source = paragraphs(story)[0]
    translating.translate(tariq, source, "A sweep in Hoeryong.", paragraphs(story, "en")[0].revision)
    for typed in ("회령", "Hoeryong"):
        answer = page(signed_in(tariq), q=typed)
        assert counts(answer) == {"edition": "1"}
        (result,) = answer.context["page"].results
        assert result.url == f"/translation/{story.pk}/#p{source.pk}"
        assert "crane" not in answer.text
    assert (
        page(signed_in(alice), q="회령", kind="edition")
        .context["page"]
        .results[0]
        .url.startswith("/stories/")
    )


def test_an_analyst_has_no_search(ana, signed_in):
    client = signed_in(ana)
    assert page(client, q="회령").status_code == 403
    assert "/search/" not in client.get("/record/").text


def test_the_screen_asks_the_same_number_of_questions_for_three_and_fifteen(alice, bob, signed_in):
    """Beyond the frame around every screen, which a search without words has too."""
    client, asked = signed_in(alice), []

    def questions(**wanted):
        with CaptureQueriesContext(connection) as queries:
            page(client, **wanted)
        return len(queries)

    for number in (3, 12):
        for each in range(number):
            make_story(alice, [claimed(bob, told(f"s{number}-{each}", bob))], ["회령 단속"])
        for kind in documents.KINDS:
            for order in ("", "relevance"):
                asked.append(questions(q="회령", kind=kind, order=order) - questions())
    assert asked[:6] == asked[6:]


def test_the_list_of_reports_searches_the_same_index_and_still_knows_pseudonyms(bob, charlie, signed_in):
    report, other = told("crane", bob), told("heron", bob, text="다른 말")

    def listed(member, **wanted):
        return [row.pk for row in signed_in(member).get("/reports/", wanted).context["page"]]

    assert listed(bob, q="쌀") == [report.pk] and listed(bob, q="보위부 위안") == [report.pk]
    assert listed(bob, q="heron") == [other.pk]
    assert listed(bob, q="쌀", source=other.source_id) == []
    assert listed(charlie, q="쌀") == [] == listed(charlie, q="heron")


def test_an_answer_ends_at_a_tick_for_whom_something_is_hidden(alice, bob, monkeypatch):
    now, slept = [100.0], []
    monkeypatch.setattr(pace.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(pace.time, "sleep", slept.append)
    for member, took in ((bob, 0.004), (bob, 0.032), (bob, 0.06), (alice, 0.004)):
        with pace.even(member):
            now[0] += took
    assert [round(seconds, 3) for seconds in slept] == [0.046, 0.018, 0.04]


class Marked(HTMLParser):
    """The words between <mark> and </mark>."""

    def __init__(self):
        super().__init__()
        self.inside, self.words = False, []

    def handle_starttag(self, tag, attrs):
        self.inside = tag == "mark"

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.words.append(data)


def test_marks_on_the_screen_are_the_words_and_nothing_else(alice, bob, signed_in):
    told("crane", bob, text="보위대 보위부 & 위부, 보위부원")
    reader = Marked()
    reader.feed(_body(page(signed_in(alice), q="보위부").text))
    assert reader.words == ["보위부", "보위부"]


def test_sqlite_here_has_fts5():
    assert "ENABLE_FTS5" in [row[0] for row in dbapi2.connect(":memory:").execute("PRAGMA compile_options")]


def test_a_source_is_found_by_its_pseudonym_by_who_may_see_it(alice, bob, charlie, signed_in):
    told("crane", bob)
    address = Source.objects.get(pseudonym="crane").get_absolute_url()
    for member, sees in ((alice, True), (bob, True), (charlie, False)):
        said = signed_in(member).get("/search/", {"q": "Cran"}).content.decode()
        assert (address in said) is sees, member
        assert ("Nothing you may see holds these words." in said) is not sees


@pytest.mark.parametrize("typed", ["Cran", "--"])
def test_pseudonyms_are_looked_for_before_the_tick_for_others_sources_cost_a_little_too(
    bob, signed_in, monkeypatch, typed
):
    done = []
    monkeypatch.setattr(views, "_called", lambda *_: done.append("called") or [])
    monkeypatch.setattr(pace.time, "sleep", lambda _seconds: done.append("tick"))
    signed_in(bob).get("/search/", {"q": typed})
    assert done == ["called", "tick"]
