"""Reviewing: what the engine is shown, what is kept of its findings, and who may look."""

import pytest
from django.urls import reverse

from nightdesk.desk.clock import today
from nightdesk.desk.review import actions
from nightdesk.desk.review.draft import draft_of
from nightdesk.desk.review.evidence import evidence_of
from nightdesk.desk.review.models import Review
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.state import state_of, states_of
from nightdesk.desk.review.waiting import waiting
from nightdesk.desk.stories.actions import draft
from nightdesk.desk.stories.models import Paragraph, Story


def test_the_draft_holds_both_editions_in_step_with_chips_rendered(story):
    draft = draft_of(story, today())
    assert [len(row) for row in draft.editions.values()] == [6, 6]
    assert draft.editions["en"][0].id == "title"
    assert "RMB 20,000 (around USD" in draft.editions["en"][2].text
    assert all(ko.claims == en.claims for ko, en in zip(*draft.editions.values(), strict=True))


def test_the_evidence_names_every_report_under_the_story_once(story):
    evidence = evidence_of(story)
    assert len(evidence.claims) == 4
    assert {report.source for report in evidence.reports} == {"crane", "millet", "heron"}


def test_a_missing_translation_leaves_a_gap_and_not_a_shift(story):
    first = Paragraph.objects.filter(edition__lang="en").first()
    first.text = ""
    first.save()
    rows = standing_of(story).laid.spots
    assert rows["en"][1].missing and not rows["en"][2].missing
    assert rows["en"][2].claims == rows["ko"][2].claims


def test_of_a_text_without_findings_none_is_said_to_be_decided(alice):
    begun = draft(alice, "Salt", "en")
    actions.review(alice, begun)
    assert state_of(begun).text == "The review found nothing it can name; not cleared."


def test_a_paragraph_too_long_for_a_review_is_named_by_its_number_on_the_page(story, alice, signed_in):
    row = Paragraph.objects.filter(edition__story=story, translates=None).order_by("position").last()
    row.text = "쌀 " * 6000
    row.save()
    number = row.edition.paragraphs.filter(position__lte=row.position).count()
    page = signed_in(alice).get(reverse("review:story", args=[story.pk]))
    assert page.status_code == 400
    assert (
        f"Paragraph {number} ({row.edition.lang.upper()}) has" in page.text
        and f"p{row.pk}&#x27;" not in page.text
    )


def test_opening_the_screen_reviews_a_text_once(story, alice, signed_in):
    client = signed_in(alice)
    for _ in range(2):
        assert client.get(reverse("review:story", args=[story.pk])).status_code == 200
    assert Review.objects.filter(story=story).count() == 1
    Paragraph.objects.filter(edition__lang="en").first().delete()
    client.get(reverse("review:story", args=[story.pk]))
    assert Review.objects.filter(story=story).count() == 2


def test_findings_carry_their_sentence_in_both_languages(story, alice):
    review = actions.review(alice, story)
    found = review.findings.get(kind="contact day", severity="red")
    assert found.severity == "red"
    assert set(found.data["why"]) == {"en", "ko"} and found.data["why"]["en"] != found.data["why"]["ko"]


def test_the_page_speaks_korean_about_findings(story, alice, signed_in):
    client = signed_in(alice)
    client.cookies["django_language"] = "ko"
    page = client.get(reverse("review:story", args=[story.pk])).content.decode()
    assert "취재원과 접촉한 날" in page


@pytest.mark.parametrize("who", ["charlie", "bob", "tariq"])
def test_reporters_and_translators_are_refused_at_every_door(who, request, story, signed_in):
    client = signed_in(request.getfixturevalue(who))
    for name in (
        "story",
        "again",
        "keep",
        "second",
        "undo",
        "generalise",
        "clear",
        "for_record",
        "still_fits",
    ):
        url = reverse(f"review:{name}", args=[story.pk])
        assert client.get(url).status_code in (403, 405)
        assert client.post(url, {"key": "x", "reason": "because it is known"}).status_code in (403, 405)
    assert client.get(reverse("review:list")).status_code == 403
    assert client.get(reverse("review:tables")).status_code == 403
    assert not Review.objects.exists()


def test_the_list_asks_the_same_number_of_questions_for_one_story_and_for_three(
    story, bob, tariq, alice, signed_in, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from nightdesk.desk.review.tests import making

    client = signed_in(alice)
    actions.review(alice, story)
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert client.get(reverse("review:list")).status_code == 200
    for number in range(2):
        actions.review(alice, making.story(bob, tariq, f"another-{number}"))
    with django_assert_num_queries(len(one)):
        client.get(reverse("review:list"))


def test_a_story_waits_for_its_review_until_it_is_cleared(story, alice, erin, tariq):
    from nightdesk.desk.review.tests import making

    assert len(waiting(alice)) == 1
    assert waiting(tariq) == []
    assert state_of(story).key == "draft"
    actions.review(alice, story)
    assert state_of(story).key == "reviewed"
    making.decide_everything(alice, erin, story)
    assert state_of(story).key == "decided"
    making.clear(alice, story)
    assert states_of(Story.objects.all())[story.pk].key == "cleared"
    assert waiting(alice) == []


def test_notes_are_listed_too_apart_from_what_wants_a_decision(story, alice, signed_in):
    page = signed_in(alice).get(f"/review/{story.pk}/").content.decode()
    notes = [one for one in standing_of(story).judged if one.standing == "note"]
    below = page.split("Notes: nothing is asked of you")[1].split("</ul>")[0]
    assert notes and f"?finding={notes[0].finding.key}#finding" in below
    assert {one.finding.data["class"]["en"] for one in notes} == {
        row.split("<u>")[1].split("</u>")[0] for row in below.split("<li>")[1:]
    }
