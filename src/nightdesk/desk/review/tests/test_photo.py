"""The photo under review: its picture, credit, licence and words are part of what is cleared."""

import pytest
from django.urls import reverse

from nightdesk.desk.errors import DeskError
from nightdesk.desk.review import actions
from nightdesk.desk.review.changes import since_cleared
from nightdesk.desk.review.editing import apply, put_back
from nightdesk.desk.review.models import Decision
from nightdesk.desk.review.standing import blockers, standing_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.stories import photos
from nightdesk.desk.stories.models import Photo
from nightdesk.desk.stories.tests.test_photos import jpeg, picture, saved

WORDS = photos.Words(
    "Dana", "CC BY 4.0", {"ko": "눈 덮인 강", "en": "A river under snow"},
    {"ko": "12월 3일에 찍은 강이다.", "en": "The river on 3 December."},
)  # fmt: skip


@pytest.fixture
def pictured(story, bob):
    photos.place_photo(bob, story, jpeg(), WORDS, 0)
    return story


def photo_findings(story):
    return [j for j in standing_of(story).judged if j.finding.kind == "photo or file"]


def test_the_words_of_the_photo_are_in_the_draft_in_both_editions(pictured):
    said = standing_of(pictured).laid.draft.editions
    assert {p.id: p.text for p in said["en"]}["alt"] == "A river under snow"
    assert {p.id: p.text for p in said["ko"]}["caption"] == "12월 3일에 찍은 강이다."


def test_a_day_in_the_caption_is_found_like_one_in_the_text(pictured, alice):
    actions.review(alice, pictured)
    spans = [span for j in standing_of(pictured).judged for span in j.finding.data["spans"]]
    assert "caption" in {span["paragraph"] for span in spans}


def test_a_person_has_to_look_and_is_told_what_the_file_had_said(pictured, alice):
    actions.review(alice, pictured)
    [judged] = photo_findings(pictured)
    assert judged.finding.severity == "amber" and judged.standing == "open"
    why = judged.finding.data["why"]
    assert "GPS" in why["en"] and "Dana" in why["en"] and "GPS" in why["ko"]


def test_of_a_photo_it_is_not_said_to_rewrite_it(pictured, alice, signed_in):
    actions.review(alice, pictured)
    [judged] = photo_findings(pictured)
    address = reverse("review:story", args=[pictured.pk])
    page = signed_in(alice).get(address, {"finding": judged.finding.key}).text
    assert "exchange the photo or file" in page and "rewrite it in the text" not in page


@pytest.mark.parametrize(
    "change", [{"credit": "Erin"}, {"licence": "own photo"}, {"alt": {"ko": "강", "en": "River"}}]
)
def test_a_changed_credit_licence_or_word_reopens_the_review(pictured, alice, erin, change):
    making.cleared(alice, erin, pictured)
    assert standing_of(pictured).clearance_holds
    Photo.objects.update(**change)
    assert not standing_of(pictured).clearance_holds


def test_another_picture_reopens_the_review_and_the_decision_about_the_first(pictured, alice, erin):
    making.cleared(alice, erin, pictured)
    photos.place_photo(alice, pictured, jpeg((50, 30)), WORDS, 1)
    assert not standing_of(pictured).clearance_holds
    actions.review(alice, pictured)
    assert [judged.standing for judged in photo_findings(pictured)] == ["open"]


def test_a_photo_placed_after_clearing_reopens_and_shows_its_words(story, alice, erin):
    making.cleared(alice, erin, story)
    photos.place_photo(alice, story, jpeg(), WORDS, 0)
    assert {change.lang for change in since_cleared(standing_of(story))} == {"ko", "en"}


@pytest.mark.parametrize(
    ("alt", "caption", "wanting"),
    [({"ko": "강"}, {}, 1), ({}, {}, 2), ({"ko": "강", "en": "River"}, {"ko": "강"}, 1), ({"ko": "강", "en": "River"}, {}, 0)],
)  # fmt: skip
def test_nothing_is_cleared_while_the_photo_s_words_are_missing_in_a_language(
    pictured, alice, erin, alt, caption, wanting
):
    before = len(blockers(standing_of(pictured)))
    Photo.objects.update(alt=alt, caption=caption)
    assert len(blockers(standing_of(pictured))) == before + wanting
    if wanting:
        with pytest.raises(DeskError):
            making.cleared(alice, erin, pictured)


def test_an_offer_changes_the_photo_s_words_and_can_be_taken_back(pictured, alice):
    one = standing_of(pictured)
    text = WORDS.caption["en"]
    offer = {
        "edition": "en",
        "paragraph": "caption",
        "start": text.index("3"),
        "end": text.index("3") + 2,
        "text": "",
    }
    edits = apply(alice, one, [offer])
    assert Photo.objects.get().caption["en"] == "The river on December."
    decision = Decision.objects.create(
        story=pictured, key="k", kind="exact date", severity="amber", verb="change", reason="r", member=alice,
        made_at=one.story.begun_at, edits=edits,
    )  # fmt: skip
    put_back(alice, decision)
    assert Photo.objects.get().caption["en"] == text


def test_the_screen_shows_the_photo_with_what_a_person_must_look_for(pictured, alice, signed_in):
    page = signed_in(alice).get(reverse("review:story", args=[pictured.pk])).content.decode()
    assert reverse("stories:photo_image", args=[pictured.pk]) in page
    assert "stamps" in page and "season" in page and "Left out of the file" in page


def test_laying_out_many_stories_reads_no_picture(pictured, django_assert_num_queries):
    from nightdesk.desk.review.draft import load
    from nightdesk.desk.stories.models import Story

    [row] = load(Story.objects.all())
    assert "image" in row.photo.get_deferred_fields()


PYONGYANG = {1: "N", 2: (39.0, 1.0, 48.0), 3: "E", 4: (125.0, 45.0, 0.0)}


def test_a_photo_of_another_town_and_day_than_the_text_is_a_finding(story, bob, alice):
    photos.place_photo(bob, story, jpeg(gps=PYONGYANG, day="2023:11:02 10:00:00"), WORDS, 0)
    actions.review(alice, story)
    said = [judged.finding.data["why"]["en"] for judged in photo_findings(story)]
    assert any("from the middle of Pyongyang; the text names" in why for why in said)
    assert any("taken on 2 November 2023; the text names" in why for why in said)
    assert all(judged.finding.severity == "amber" for judged in photo_findings(story))


def test_a_photo_whose_file_said_neither_was_compared_with_nothing(story, bob, alice):
    photos.place_photo(bob, story, saved(picture(), "PNG"), WORDS, 0)
    review = actions.review(alice, story)
    assert len(photo_findings(story)) == 1
    assert any("file" in line["en"] for line in review.cannot_estimate)


def test_the_same_picture_with_another_place_and_day_is_reviewed_again(pictured, alice, erin):
    making.cleared(alice, erin, pictured)
    photos.place_photo(alice, pictured, jpeg(gps=PYONGYANG, day="2023:11:02 10:00:00"), WORDS, 1)
    assert not standing_of(pictured).clearance_holds
    actions.review(alice, pictured)
    assert any("Pyongyang" in judged.finding.data["why"]["en"] for judged in photo_findings(pictured))


def test_words_alone_keep_what_was_reviewed_of_a_file(pictured, alice, erin):
    making.cleared(alice, erin, pictured)
    photos.place_photo(alice, pictured, None, WORDS, 1)
    assert standing_of(pictured).clearance_holds
