"""Alice the editor, Bob and Charlie the reporters, Tariq the translator, Ana the analyst: who finds what."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from sqlcipher3 import dbapi2

from nightdesk.desk import clock
from nightdesk.desk.claims import actions as claiming
from nightdesk.desk.claims.models import Account
from nightdesk.desk.reports.models import Report
from nightdesk.desk.search import documents, finding, index, keeping, pace
from nightdesk.desk.search.terms import needles
from nightdesk.desk.sources.models import Source
from nightdesk.desk.stories import actions, arranging, versions
from nightdesk.desk.stories.tests.making import make_story, paragraphs
from nightdesk.desk.translation import actions as translating

pytestmark = pytest.mark.django_db
TEXT = "지난 11일 회령시 보위부가 쌀값과 2만 위안을 물었다. 边境被捕. The sweep began."


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(pace.time, "sleep", lambda _seconds: None)


@pytest.fixture
def ana(db):
    from nightdesk.desk.staff.models import Member

    return Member.objects.create_member("Ana", "five words that nobody guesses", role="analyst")


def told(pseudonym, *cleared, text=TEXT):
    source, _made = Source.objects.get_or_create(pseudonym=pseudonym, defaults={"made_on": clock.today()})
    source.cleared.add(*cleared)
    row = Report.objects.create(
        source=source, lang="ko", contact_on=date(2023, 12, 15), channel="voice", text=text,
        received_at=clock.now(),
    )  # fmt: skip
    Account.objects.create(report=row, start=0, end=len(text))
    documents.add("report", row)
    return row


def claimed(member, report, **facts):
    facts = {"statement": "Agents of 회령 asked", "act": "extortion", "basis": "unknown"} | facts
    return claiming.claim(member, report.accounts.get(), 0, min(20, len(report.text)), facts)


def found(member, typed, kind="report", order=finding.newest):
    if kind not in finding.kinds_of(member):
        return None
    return order(member, kind, needles(typed)).pks


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
    apart = told("crane", bob, text="보위대와 국위부")
    assert index.newest("report", index.Wanted(needles("보위부")), 9) == [apart.pk]
    assert found(bob, "보위부") == [] == found(bob, "보위부", order=finding.relevant)


def test_newest_first_or_what_is_most_about_the_words(bob):
    about = told("crane", bob, text="회령 회령 회령에서")
    newer = told("crane", bob, text="회령을 지나 " + "시장에서 들었다 " * 60)
    assert found(bob, "회령") == [newer.pk, about.pk]
    assert found(bob, "회령", order=finding.relevant) == [about.pk, newer.pk]


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


def test_changes_of_a_story_reach_the_index_whoever_makes_them(alice, bob, tariq):
    story = make_story(alice, [claimed(bob, told("crane", bob))], ["회령 하나", "무산 둘"])
    first, second = paragraphs(story)
    korean = [story.editions.get().pk]
    assert found(alice, "회령", "edition") == korean and found(alice, '"하나 무산"', "edition") == []
    removed = second.pk
    version = arranging.remove_paragraph(alice, second)
    assert found(alice, "무산", "edition") == []
    arranging.put_back(alice, version, removed)
    assert found(alice, "무산", "edition") == korean
    actions.save_paragraph(alice, first, "청진 하나", first.revision)
    assert found(alice, "회령", "edition") == [] and found(alice, "청진", "edition") == korean
    actions.restore(alice, version)
    assert found(alice, "청진", "edition") == [] and found(alice, "회령 무산", "edition") == korean
    edition = story.editions.get()
    actions.save_heading(alice, edition, "새 제목", "요약", edition.title_revision)
    assert found(alice, "새 제목 요약", "edition") == korean
    actions.hand_over(alice, story)
    english = story.editions.get(lang="en")
    translating.translate_heading(tariq, english, "Headline", "", english.title_revision)
    assert found(alice, "headline", "edition") == [english.pk]
    arranging.move_paragraph(alice, paragraphs(story)[0], 1)
    versions.keep_version(story, "x", alice)
    assert keeping.faults() == []


def test_rows_changed_behind_the_index_do_not_keep_anybody_from_saving(alice):
    story = make_story(alice, [], ["회령"])
    row = paragraphs(story)[0]
    story.editions.get().paragraphs.update(text="몰래 바뀐 긴 말 " * 50)
    actions.save_paragraph(alice, row, "무산", row.revision)
    assert found(alice, "무산", "edition") and not found(alice, "회령", "edition")
    assert keeping.faults() == []


def test_a_change_that_fails_leaves_the_index_as_it_was(alice):
    story = make_story(alice, [], ["회령 하나"])
    with pytest.raises(RuntimeError), documents.changing_story(story.pk):
        story.editions.get().paragraphs.update(text="무산")
        raise RuntimeError
    assert found(alice, "회령", "edition") and not found(alice, "무산", "edition")
    assert keeping.faults() == []


def test_a_claim_corrected_is_found_by_its_new_words_alone(alice, bob):
    claim = claimed(bob, told("crane", bob), party="브로커")
    claiming.change(bob, claim, {"party": "송금업자"})
    assert found(bob, "송금업자", "claim") == [claim.pk] and found(bob, "브로커", "claim") == []


def test_eyes_only_words_are_never_in_the_shared_index(bob):
    """Whatever carries the mark stays out, with any claim of it."""
    report = told("crane", bob)
    claimed(bob, report)
    Report.objects.filter(pk=report.pk).update(eyes_only=True)
    keeping.rebuild()
    assert [index.count(kind) for kind in ("report", "claim")] == [0, 0]
    assert keeping.faults() == []


def test_check_says_what_the_index_lacks_holds_too_much_or_says_wrongly_and_reindexing_mends_it(bob):
    rows = [told("crane", bob, text=f"회령 {number}") for number in range(3)]
    assert keeping.faults() == []
    rows[0].text = "바뀐 말"
    rows[0].save()
    assert "other words" in keeping.faults()[0]
    told_of = documents.report_document(rows[1])
    index.remove("report", [(told_of.pk, told_of.terms)])
    assert "lacks 1 reports" in keeping.faults()[0]
    index.add("report", [(99, ["x"])])
    assert any("still holds 1 reports" in fault for fault in keeping.faults())
    ticks = []
    assert keeping.rebuild(ticks.append) == 3 == sum(ticks)
    assert keeping.faults() == []


def test_a_desk_that_had_reports_before_it_had_an_index_catches_up_at_its_start(bob):
    report = told("crane", bob)
    index.clear("report")
    keeping.catch_up()
    assert found(bob, "회령") == [report.pk]


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


def test_many_reports_at_once_are_all_found(alice, bob):
    source = Source.objects.create(pseudonym="many", made_on=clock.today())
    rows = Report.objects.bulk_create(
        Report(source=source, lang="ko", contact_on=date(2023, 1, 1), channel="drop", text=f"{TEXT} {n}", received_at=clock.now())
        for n in range(2000)
    )  # fmt: skip
    made = map(documents.report_document, rows)
    index.add("report", ((each.pk, each.terms) for each in made))
    assert found(alice, "회령")[0] == rows[-1].pk
    assert index.count("report") >= 2000


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
