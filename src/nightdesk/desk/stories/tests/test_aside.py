"""A story begun by mistake is set aside and taken back: by whom, when not, and who no longer sees it meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from nightdesk.desk import clock
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.line import STAGES, Asked
from nightdesk.desk.releases import holds
from nightdesk.desk.review import actions as review
from nightdesk.desk.search.finding import newest
from nightdesk.desk.search.terms import needles
from nightdesk.desk.stories import actions, aside, drafts
from nightdesk.desk.stories.models import Edition, PrivateDraft, Story
from nightdesk.desk.stories.tests.making import SWEEP, make_claim, make_story, paragraphs

KEPT = "kept as it was"


@pytest.fixture
def story(alice, bob):
    return make_story(bob, [make_claim(alice, cleared=[bob])], [SWEEP], title="잘못 시작한 기사")


def page(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def waits(member, stage):
    return next(one for one in STAGES if one.key == stage).find(Asked(member)).count


def test_its_writer_sets_it_aside_and_takes_it_back_where_that_is_offered(story, bob, signed_in):
    client = signed_in(bob)
    door = reverse("stories:set_aside", args=[story.pk])
    assert door in page(client, story.get_absolute_url())
    after = page(client, client.post(door)["Location"])
    back = reverse("stories:take_back", args=[story.pk])
    assert "is set aside and out of the lists" in after and "1 story set aside" in after
    assert "No story is here yet." in after and after.count(back) == 2
    assert client.post(back)["Location"] == story.get_absolute_url()
    shown = page(client, reverse("stories:list"))
    assert "잘못 시작한 기사" in shown and "set aside" not in shown
    assert [row.text for row in paragraphs(story)] == [SWEEP] and paragraphs(story)[0].claims.exists()


def test_its_page_is_kept_to_be_read_with_the_words_nobody_saved(story, bob, signed_in):
    row = paragraphs(story)[0]
    drafts.keep(bob, row, "쓰다 만 문단", row.revision)
    aside.set_aside(bob, story)
    shown = page(signed_in(bob), story.get_absolute_url())
    assert "This story was set aside on" in shown and reverse("stories:take_back", args=[story.pk]) in shown
    assert SWEEP in shown and "쓰다 만 문단" in shown and "<textarea" not in shown
    versions = page(signed_in(bob), reverse("stories:versions", args=[story.pk]))
    assert "its versions are kept to be read" in versions and 'name="name"' not in versions


def test_review_and_releases_lead_to_its_page(story, alice, signed_in):
    aside.set_aside(alice, story)
    for there in ("review:story", "releases:story"):
        answer = signed_in(alice).get(reverse(there, args=[story.pk]))
        assert answer["Location"] == story.get_absolute_url()
    assert not story.reviews.exists()


def test_translators_do_not_see_it_until_it_is_taken_back(story, alice, bob, tariq, signed_in):
    actions.hand_over(bob, story)
    edition = Edition.objects.get(story=story, lang="ko")
    assert waits(tariq, "translation") == 1 and newest(tariq, "edition", needles("보위부")).pks == [
        edition.pk
    ]
    aside.set_aside(alice, story)
    assert waits(tariq, "translation") == 0 and newest(tariq, "edition", needles("보위부")).pks == []
    assert newest(bob, "edition", needles("보위부")).pks == [edition.pk]
    assert signed_in(tariq).get(reverse("translation:story", args=[story.pk])).status_code == 404
    aside.take_back(bob, story)
    assert waits(tariq, "translation") == 1 and newest(tariq, "edition", needles("보위부")).pks == [
        edition.pk
    ]


@pytest.mark.parametrize("room", ["translation", "review"])
def test_it_leaves_the_lists_of_the_rooms_after_it(story, alice, bob, signed_in, room):
    actions.hand_over(bob, story)
    client, its = signed_in(alice), reverse(f"{room}:story", args=[story.pk])
    assert its in page(client, reverse(f"{room}:list"))
    aside.set_aside(bob, story)
    assert its not in page(client, reverse(f"{room}:list"))


def test_a_draft_that_was_set_aside_waits_on_no_stage(story, alice, bob):
    assert waits(alice, "stories") == 1
    aside.set_aside(bob, story)
    assert waits(alice, "stories") == 0


def test_the_search_says_that_it_is_set_aside(story, bob, signed_in):
    aside.set_aside(bob, story)
    assert "set aside" in page(signed_in(bob), f"{reverse('search:results')}?q=보위부")


def test_who_did_not_begin_it_and_is_no_editor_is_refused_and_not_asked(story, alice, dana, signed_in):
    claim = paragraphs(story)[0].claims.get()
    claim.account.report.source.cleared.add(dana)
    client = signed_in(dana)
    assert reverse("stories:set_aside", args=[story.pk]) not in page(client, story.get_absolute_url())
    assert client.post(reverse("stories:set_aside", args=[story.pk])).status_code == 403
    aside.set_aside(alice, story)
    assert reverse("stories:take_back", args=[story.pk]) not in page(client, story.get_absolute_url())
    assert "Who began it, or an editor, can take it back." in page(client, story.get_absolute_url())
    with pytest.raises(NotAllowed):
        aside.take_back(dana, story)


def test_one_that_was_reviewed_or_held_stays(story, alice, bob, signed_in):
    other = make_story(bob, [], ["둘째"])
    review.review(alice, story)
    holds.hold(alice, other, clock.today() + timedelta(days=9))
    for one in (story, other):
        with pytest.raises(DeskError, match="reviewed, held or released"):
            aside.set_aside(alice, one)
        assert reverse("stories:set_aside", args=[one.pk]) not in page(signed_in(bob), one.get_absolute_url())
    assert not Story.objects.exclude(set_aside_at=None).exists()


def test_nobody_goes_on_in_it_until_it_is_taken_back(story, alice, bob):
    row, old = paragraphs(story)[0], Story.objects.get(pk=story.pk)
    aside.set_aside(bob, story)
    refused = [
        lambda: actions.save_paragraph(bob, row, "다른 말", row.revision), lambda: actions.hand_over(bob, old),
        lambda: review.review(alice, old), lambda: drafts.keep(bob, row, "다른 말", row.revision),
        lambda: holds.hold(alice, old, clock.today() + timedelta(days=9)),
    ]  # fmt: skip
    for verb in refused:
        with pytest.raises(DeskError, match=KEPT):
            verb()
    assert paragraphs(story)[0].text == SWEEP and not PrivateDraft.objects.exists()
    aside.take_back(alice, story)
    actions.save_paragraph(bob, row, "다른 말", row.revision)


def test_the_log_says_who_and_a_second_press_says_nothing(story, alice, bob):
    aside.set_aside(bob, story)
    aside.set_aside(bob, story)
    aside.take_back(alice, story)
    aside.take_back(alice, story)
    said = CustodyEntry.objects.filter(subject=f"story:{story.pk}", verb__in=["set aside", "take back"])
    assert [(row.verb, row.member) for row in said.order_by("pk")] == [
        ("set aside", bob),
        ("take back", alice),
    ]
