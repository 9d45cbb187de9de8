"""What readers have as it stands is not read again; whatever touches it is.

That no action forgets to say so is looked for after every test of the desk (conftest: _settled_is_never_wrong).
"""

import pytest
from django.urls import reverse

from nightdesk.desk.claims import actions as claiming
from nightdesk.desk.releases import actions as releasing
from nightdesk.desk.review import settling
from nightdesk.desk.review.standing import standings_at_work
from nightdesk.desk.stories import drafts
from nightdesk.desk.stories.models import Paragraph, Story


@pytest.fixture
def settled(released):
    return Story.objects.get(pk=released.pk)


def test_a_released_story_is_settled_and_no_longer_at_work(settled, alice):
    assert settled.settled
    assert settled.pk not in standings_at_work(alice)


def test_saving_other_words_puts_it_to_work_again(settled, alice):
    row = Paragraph.objects.filter(edition__story=settled, edition__lang="ko").exclude(text="").first()
    drafts.write(row, "다른 말이다.", row.revision)
    assert settled.pk in standings_at_work(alice)


def test_a_claim_that_is_no_longer_accepted_puts_its_stories_to_work(settled, alice):
    claim = Paragraph.objects.filter(edition__story=settled, claims__isnull=False).first().claims.first()
    claiming.set_status(alice, claim, "conflict")
    assert settled.pk in standings_at_work(alice)


def test_giving_a_correction_up_settles_it_again(settled, alice):
    releasing.correct(alice, settled, {"ko": "고친다.", "en": "We correct."})
    assert settled.pk in standings_at_work(alice)
    releasing.give_up(alice, settled)
    assert settled.pk not in standings_at_work(alice)


def test_a_desk_from_before_there_was_the_mark_settles_at_its_start(settled, alice):
    Story.objects.update(settled=False)
    settling.settle_all()
    assert Story.objects.get(pk=settled.pk).settled


def test_a_story_with_other_words_is_not_settled_at_the_start(settled):
    Paragraph.objects.filter(edition__story=settled).update(text="다른 말이다.")
    Story.objects.update(settled=False)
    settling.settle_all()
    assert not Story.objects.get(pk=settled.pk).settled


def test_lists_say_the_same_of_a_settled_story_as_reading_it_would(settled, alice, signed_in):
    pages = ("stories:list", "review:list", "releases:list", "translation:list")
    quick = [signed_in(alice).get(reverse(name)).content for name in pages]
    Story.objects.update(settled=False)
    read = [signed_in(alice).get(reverse(name)).content for name in pages]
    assert [_words(page) for page in quick] == [_words(page) for page in read]


def _words(page: bytes) -> str:
    """The work of a page, without what is new each time."""
    main = page.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return "\n".join(line for line in main.splitlines() if "csrfmiddlewaretoken" not in line)
