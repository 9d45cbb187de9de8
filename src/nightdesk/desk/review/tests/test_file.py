"""A document or recording under review: its bytes and its title are part of what is cleared, and people look inside."""

import pytest
from django.urls import reverse
from tests import samples

from nightdesk.cleaning import Cleaned
from nightdesk.desk.errors import DeskError
from nightdesk.desk.review import actions
from nightdesk.desk.review.editing import apply, put_back
from nightdesk.desk.review.models import Decision
from nightdesk.desk.review.standing import blockers, standing_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.stories import attachments, cleaning
from nightdesk.desk.stories.models import Attachment

TITLE = {"ko": "12월 3일에 녹음한 소리", "en": "A recording of 3 December"}


@pytest.fixture
def place(monkeypatch, bob):
    """Puts a silent recording on a story; mat2 itself is not asked."""

    def put(story, member=bob, frames=1, revision=0, dropped=("author", "dates")):
        data = samples.mp3(tagged=False) * frames
        monkeypatch.setattr(cleaning, "clean_file", lambda _data: Cleaned(data, "audio/mpeg", dropped))
        return attachments.place_attachment(member, story, b"x", TITLE, revision)

    return put


@pytest.fixture
def heard(story, place):
    place(story)
    return story


def file_findings(story):
    return [j for j in standing_of(story).judged if j.finding.kind == "photo or file"]


def test_a_person_has_to_listen_and_is_told_what_the_file_had_said(heard, alice):
    actions.review(alice, heard)
    [judged] = file_findings(heard)
    assert judged.finding.severity == "amber" and judged.standing == "open"
    why = judged.finding.data["why"]
    assert "author, dates" in why["en"] and "voice" in why["en"] and "목소리" in why["ko"]
    assert "원본의 작성자, 날짜 정보" in why["ko"]


def test_a_document_is_told_from_a_recording(heard, alice):
    Attachment.objects.update(media_type="application/pdf", dropped=[])
    actions.review(alice, heard)
    [judged] = file_findings(heard)
    assert "stamps" in judged.finding.data["why"]["en"]


def test_a_day_in_the_title_is_found_like_one_in_the_text(heard, alice):
    actions.review(alice, heard)
    spans = [span for j in standing_of(heard).judged for span in j.finding.data["spans"]]
    assert "file" in {span["paragraph"] for span in spans}


@pytest.mark.parametrize("change", [{"title": {"ko": "소리", "en": "A sound"}}, {"sha256": "a" * 64}])
def test_another_title_or_file_reopens_the_review(heard, alice, erin, change):
    making.cleared(alice, erin, heard)
    assert standing_of(heard).clearance_holds
    Attachment.objects.update(**change)
    assert not standing_of(heard).clearance_holds


def test_another_file_reopens_the_decision_about_the_first(heard, place, alice, erin):
    making.cleared(alice, erin, heard)
    place(heard, alice, frames=2, revision=1)
    assert not standing_of(heard).clearance_holds
    actions.review(alice, heard)
    assert [judged.standing for judged in file_findings(heard)] == ["open"]


@pytest.mark.parametrize(("title", "wanting"), [({}, 2), ({"ko": "소리"}, 1), (TITLE, 0)])
def test_nothing_is_cleared_while_a_title_is_missing_in_a_language(heard, alice, erin, title, wanting):
    before = len(blockers(standing_of(heard)))
    Attachment.objects.update(title=title)
    assert len(blockers(standing_of(heard))) == before + wanting
    if wanting:
        with pytest.raises(DeskError):
            making.cleared(alice, erin, heard)


def test_an_offer_changes_the_title_and_can_be_taken_back(heard, alice):
    text = TITLE["en"]
    at = text.index("3")
    offer = {"edition": "en", "paragraph": "file", "start": at, "end": at + 2, "text": ""}
    one = standing_of(heard)
    edits = apply(alice, one, [offer])
    assert Attachment.objects.get().title["en"] == "A recording of December"
    decision = Decision.objects.create(
        story=heard, key="k", kind="exact date", severity="amber", verb="change", reason="r", member=alice,
        made_at=one.story.begun_at, edits=edits,
    )  # fmt: skip
    put_back(alice, decision)
    assert Attachment.objects.get().title["en"] == text


@pytest.mark.parametrize(
    ("kind", "asked"), [("audio/mpeg", "announcement"), ("application/pdf", "form numbers")]
)
def test_the_screen_asks_a_person_what_no_program_sees(heard, alice, signed_in, kind, asked):
    Attachment.objects.update(media_type=kind)
    page = signed_in(alice).get(reverse("review:story", args=[heard.pk])).content.decode()
    assert reverse("stories:file_get", args=[heard.pk]) in page
    assert asked in page and "No program has read what is inside" in page and "author, dates" in page


def test_laying_out_many_stories_reads_no_file(heard):
    from nightdesk.desk.review.draft import load
    from nightdesk.desk.stories.models import Story

    [row] = load(Story.objects.all())
    assert "file" in row.attachment.get_deferred_fields()
