"""Another text of one paragraph changes where one story stands, and only that one is worked out again."""

from __future__ import annotations

import pytest

from nightdesk.desk import clock, noting
from nightdesk.desk.care.models import Consent
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.review import actions as reviewing
from nightdesk.desk.review.models import Decision
from nightdesk.desk.review.standing import standings, with_story_anew
from nightdesk.desk.review.tests import making
from nightdesk.desk.sources.models import Source
from nightdesk.desk.stories import actions
from nightdesk.desk.stories.models import Edition, Paragraph, Story
from nightdesk.desk.stories.tests.making import make_story

pytestmark = pytest.mark.django_db


def differing(asked):
    """The parts of which the questions are told other rows now."""
    return {part for question in asked for part in question.differing(question.again(object()))}


@pytest.fixture
def known(alice, bob, tariq):
    """Two stories, one of them reviewed, with where they stand and what was asked for it."""
    story = making.story(bob, tariq)
    reviewing.review(alice, story)
    make_story(alice, [], ["다른 이야기"])
    found, asked = noting.worked_out(lambda: standings(Story.objects.order_by("-pk")))
    return story, found, asked


def test_saving_a_paragraph_changes_its_story_and_no_other(alice, known):
    story, found, asked = known
    row = Paragraph.objects.filter(edition__story=story, edition__lang="ko").last()
    actions.save_paragraph(alice, row, "새 말이 섰다.", row.revision)
    assert differing(asked) == {story.pk}
    mended, anew = with_story_anew(found, story.pk), standings(Story.objects.order_by("-pk"))
    assert list(mended) == list(anew) == list(found)
    assert [one.laid.fingerprint for one in mended.values()] == [
        one.laid.fingerprint for one in anew.values()
    ]
    assert found[story.pk].reviewed and not mended[story.pk].reviewed
    other = next(pk for pk in found if pk != story.pk)
    assert mended[other] is found[other]


CHANGES = {
    "a claim": lambda: Claim.objects.filter(act="crackdown").update(knowers_low=1),
    "a claim taken from under a paragraph": lambda: Paragraph.objects.exclude(claims=None)[0].claims.clear(),
    "a decision": lambda: Decision.objects.create(
        story=Story.objects.first(), key="k", kind="age", severity="amber", facts="f", verb="keep",
        reason="known", member_id=Story.objects.first().begun_by_id, made_at=clock.now(),
    ),
    "a headline": lambda: Edition.objects.filter(lang="en").update(title="Other words"),
    "a story": lambda: Story.objects.update(next_note={"en": "a note"}),
    "a consent": lambda: Consent.objects.create(
        source=Source.objects.first(), said_on=clock.today(),  asked_by_id=Story.objects.first().begun_by_id,
        written_by_id=Story.objects.first().begun_by_id, written_at=clock.now(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("changed", CHANGES)
def test_any_other_row_behind_a_standing_has_them_all_worked_out_anew(known, changed):
    _story, _found, asked = known
    assert differing(asked) == set()
    CHANGES[changed]()
    assert noting.WHOLE in differing(asked)
