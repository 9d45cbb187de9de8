"""A span is corrected from a story: kept as a word of the desk's own and a case, with no report behind it."""

from __future__ import annotations

import pytest
from django.db import models

from nightdesk.desk.care import naming
from nightdesk.desk.claims.models import Account
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.reports import teaching as verbs
from nightdesk.desk.reports.models import OwnTerm, Report
from nightdesk.desk.reports.reading import reading_of_words
from nightdesk.desk.stories import actions, teaching
from nightdesk.desk.stories.models import StoryTerm
from nightdesk.desk.stories.tests.making import make_claim, make_story

TEXT = "앞 문장이다. 브로커가 큰 거 한 장을 냈다. 뒷 문장이다."
SENTENCE = "브로커가 큰 거 한 장을 냈다."
WORDS = "큰 거 한 장"


@pytest.fixture
def story(alice):
    found = make_story(alice, [make_claim(alice)], ["첫 단락."])
    actions.hand_over(alice, found)
    return found


def form(text=TEXT, **said):
    start = text.index(WORDS)
    return {"text": text, "start": start, "end": start + len(WORDS), "lang": "ko", **said}


def kept(client, story, text=TEXT, **said):
    return client.post(f"/stories/{story.pk}/correct/", form(text, kind="money", means="1만 위안", **said))


def test_the_form_shows_the_sentence_alone_and_how_it_is_read_now(alice, story, signed_in):
    page = signed_in(alice).post(f"/stories/{story.pk}/correct/", form()).text
    assert f'<mark class="here">{WORDS}</mark>' in page and "앞 문장" not in page
    assert f'name="text" value="{SENTENCE}"' in page and not StoryTerm.objects.exists()


def test_what_is_kept_is_read_from_then_on_while_typing_and_in_reports(alice, story, signed_in):
    client = signed_in(alice)
    assert kept(client, story).headers["Location"] == story.get_absolute_url()
    row = StoryTerm.objects.get()
    assert (row.text, row.words, row.text[row.start : row.end]) == (SENTENCE, WORDS, WORDS)
    typed = client.post(f"/stories/{story.pk}/typed/", {"text": TEXT, "paragraph": ""}).text
    assert 'data-note="CNY 10,000"' in typed
    spans = reading_of_words(f"다시 {WORDS}을 달라고 했다.", "ko", None, "KP").spans
    assert (WORDS, "money") in [(span.words, span.kind) for span in spans]


def test_it_carries_no_source_and_no_report(alice, story, signed_in):
    kept(signed_in(alice), story)
    ties = {f.related_model for f in StoryTerm._meta.get_fields() if isinstance(f, models.ForeignKey)}
    assert {tie.__name__ for tie in ties} == {"Story", "Member"}
    assert not OwnTerm.objects.exists() and Report.objects.exists(), (
        "a report is behind the story, and not behind it"
    )
    entry = CustodyEntry.objects.get(subject=f"storyterm:{StoryTerm.objects.get().pk}")
    assert (entry.verb, entry.note) == ("teach", "")


def test_it_is_a_case_that_can_be_run_again_set_aside_and_used_again(alice, story, signed_in):
    client = signed_in(alice)
    kept(client, story)
    row = StoryTerm.objects.get()
    assert [one.outcome.held for one in verbs.check([row])] == ["holds"]
    page = client.get("/reports/terms/").text
    assert WORDS in page and "from a story:" in page and "CNY 10,000" in page
    client.post(f"/stories/terms/{row.pk}/aside/")
    assert not StoryTerm.objects.in_use().exists()
    assert "money" not in {span.kind for span in reading_of_words(SENTENCE, "ko", None, "KP").spans}
    client.post(f"/stories/terms/{row.pk}/aside/", {"back": "1"})
    assert StoryTerm.objects.in_use().exists()
    StoryTerm.objects.update(kind="date")  # as if an update had come between
    assert [one.outcome.held for one in verbs.check([StoryTerm.objects.get()])] == ["lost"]


def test_of_a_word_of_a_report_and_one_of_a_story_the_newest_counts(alice, story, signed_in, settings):
    kept(signed_in(alice), story)
    report = Report.objects.get()
    report.text = SENTENCE
    report.save()
    Account.objects.update(end=len(SENTENCE))
    start = SENTENCE.index(WORDS)
    term = verbs.teach(alice, report, start, start + len(WORDS), "money", "2만 위안")
    OwnTerm.objects.filter(pk=term.pk).update(made_at=term.made_at.replace(year=2024))
    (span,) = [s for s in reading_of_words(SENTENCE, "ko", None, "KP").spans if s.kind == "money"]
    assert span.value["amount"] == "20000"


@pytest.mark.parametrize("said", [
    {"means": "많이"}, {"kind": "colour"}, {"kind": ""}, {"start": "0", "end": "0"}, {"start": "x", "end": "9" * 40}, {"text": ""},
])  # fmt: skip
def test_what_cannot_be_kept_is_said_with_the_form_and_what_was_typed(alice, story, signed_in, said):
    wish = {**form(kind="money", means="1만 위안"), **said}
    answer = signed_in(alice).post(f"/stories/{story.pk}/correct/", wish)
    assert answer.status_code == 400 and 'role="alert"' in answer.text and not StoryTerm.objects.exists()
    assert f'value="{wish["means"]}"' in answer.text


def test_only_who_drafts_reads_reports_and_sees_the_story(alice, bob, tariq, story, signed_in):
    address = f"/stories/{story.pk}/correct/"
    assert signed_in(tariq).post(address, form()).status_code == 403
    assert signed_in(bob).post(address, form()).status_code == 404
    assert signed_in(alice).post(address, {**form(), "lang": "fr"}).status_code == 404
    edition = story.editions.get(lang="ko")
    with pytest.raises(NotAllowed):
        teaching.teach(tariq, edition, SENTENCE, 5, 12, "money", "1만 위안")
    with pytest.raises(DeskError):
        teaching.teach(alice, edition, SENTENCE, 6, 12, "money", "1만 위안")
    kept(signed_in(alice), story)
    row = StoryTerm.objects.get()
    assert signed_in(bob).post(f"/stories/terms/{row.pk}/aside/").status_code == 404
    assert WORDS not in signed_in(bob).get("/reports/terms/").text


def test_only_who_may_correct_is_offered_it(alice, tariq, story, signed_in):
    said = {"text": "2만 위안을 냈다.", "paragraph": ""}
    mine = signed_in(alice).post(f"/stories/{story.pk}/typed/", said).text
    assert 'data-start="0" data-end="5"' in mine and "Correct" in mine
    his = signed_in(tariq).post(f"/translation/{story.pk}/typed/", said).text
    assert "<mark" in his and "data-start" not in his and "Correct" not in his
    assert "data-correct" not in signed_in(tariq).get(f"/translation/{story.pk}/").text


@pytest.mark.parametrize("name", ["김옥자", "남궁옥자", "옥자"])
def test_a_purge_takes_a_sentence_with_a_name_whole(alice, story, signed_in, name):
    """With a mark where the name stood its words would stand elsewhere, and a name that was taught would be the mark."""
    text = f"{name}가 {WORDS}을 냈다."
    kept(signed_in(alice), story, text=text)
    teaching.teach(alice, story.editions.get(lang="ko"), text, 0, len(name), "person", name)
    assert naming.take_out([name])["words taught from stories"] == 2
    assert not StoryTerm.objects.exists()
    assert "person" not in {span.kind for span in reading_of_words("[…]가 왔다.", "ko", None, "KP").spans}
