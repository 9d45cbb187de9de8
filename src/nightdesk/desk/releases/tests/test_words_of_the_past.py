"""What the newsroom has ever printed, as counts: a phrase only a sealed report and the draft have is heard on the desk."""

from collections import Counter
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.desk.releases import actions
from nightdesk.desk.releases.models import Release
from nightdesk.desk.releases.tests.test_correcting import corrected, withdrawn
from nightdesk.desk.releases.tests.test_past import released_story
from nightdesk.desk.reports.models import Report
from nightdesk.desk.review import printed, remembering
from nightdesk.desk.review.evidence import evidence_of, tables
from nightdesk.desk.review.models import PrintedCode, RememberedRelease, RememberedWording
from nightdesk.desk.review.past import Released
from nightdesk.desk.review.printed import PrintedBefore, codes_in
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.stories.models import Paragraph, Story
from nightdesk.disclosure import review as run
from nightdesk.disclosure.rules import voice
from nightdesk.disclosure.wording import Wording, wording

TURN = "간이 콩알만했다"


@pytest.fixture(autouse=True)
def two_stories_are_enough(monkeypatch):
    monkeypatch.setattr(voice, "ENOUGH", 2)


def turn_of_phrase(story):
    """The same phrase in a paragraph and in the report behind it."""
    row = Paragraph.objects.filter(edition__story=story, edition__lang="ko", claims__isnull=False).last()
    report = Report.objects.filter(accounts__claims__paragraphs=row).first()
    report.text = f"{report.text} 그때 {TURN}."
    report.save()
    text = f"{row.text} 모두 {TURN}."
    Paragraph.objects.filter(pk=row.pk).update(text=text)
    Paragraph.objects.filter(translates=row).update(translated_text=text)


@pytest.fixture
def newsroom(released, bob, tariq, alice, erin):
    second = released_story(bob, tariq, alice, erin, "second", 40)
    draft = making.story(bob, tariq, "draft")
    turn_of_phrase(draft)
    return {"released": released, "second": second, "draft": draft}


def reviewed(story):
    laid = standing_of(Story.objects.get(pk=story.pk)).laid
    return run(laid.draft, evidence_of(laid.story), Released(laid.story), tables(), laid.on)


def heard(story):
    return [span.words for one in reviewed(story).findings if one.why_key.startswith("voice") for span in one.spans]  # fmt: skip


def counted():
    return dict(PrintedCode.objects.exclude(code=printed.HELD).values_list("code", "stories"))


def by_hand():
    """The same from what is kept of each version: a story once."""
    found = Counter()
    for story in Story.objects.all():
        found.update(codes_in(RememberedWording.objects.filter(story=story)))
    return dict(found)


def held():
    return PrintedCode.objects.get(code=printed.HELD).stories


def test_a_phrase_that_only_a_report_and_the_draft_have_is_heard(newsroom):
    assert heard(newsroom["draft"]) == [TURN]
    assert "voice_archive" not in reviewed(newsroom["draft"]).cannot_estimate_keys


def test_with_too_few_stories_voice_is_not_judged_and_that_is_said(newsroom, monkeypatch):
    monkeypatch.setattr(voice, "ENOUGH", 3)
    assert not heard(newsroom["draft"])
    assert "voice_archive" in reviewed(newsroom["draft"]).cannot_estimate_keys


def test_what_another_story_printed_is_nobodys_voice(newsroom, bob, tariq, alice, erin):
    other = making.story(bob, tariq, "other")
    turn_of_phrase(other)
    making.cleared(alice, erin, other)
    actions.release(alice, other)
    assert not heard(newsroom["draft"])
    withdrawn(alice, erin, Story.objects.get(pk=other.pk))
    assert not heard(newsroom["draft"])  # readers keep their copies


def test_a_story_s_own_versions_do_not_make_its_phrases_known(newsroom, bob, tariq, alice, erin):
    released_story(bob, tariq, alice, erin, "third", 41)
    making.cleared(alice, erin, newsroom["draft"])
    actions.release(alice, newsroom["draft"])
    assert heard(newsroom["draft"]) == [TURN]


def test_a_corrected_story_counts_once(newsroom, alice, erin):
    before = PrintedBefore(newsroom["draft"])
    corrected(alice, erin, newsroom["released"])
    after = PrintedBefore(newsroom["draft"])
    assert before.stories == after.stories == {"ko": 2, "en": 2}
    assert before.count("보위부") == after.count("보위부") == 2
    assert counted() == by_hand() and held() == len(counted())


def test_reading_anew_counts_nothing_twice(newsroom, monkeypatch):
    before = counted()
    monkeypatch.setattr(remembering, "rules", lambda: "other")
    assert remembering.catch_up() == 0
    RememberedRelease.objects.all().delete()
    assert remembering.catch_up() == 0
    assert counted() == before == by_hand()


def test_words_that_must_go_leave_the_counts_and_what_others_have_stays(newsroom):
    codes = codes_in(RememberedWording.objects.filter(story=newsroom["second"]))
    RememberedWording.objects.filter(story=newsroom["released"]).delete()
    assert counted() == by_hand() == dict.fromkeys(codes, 1)
    RememberedWording.objects.all().delete()
    assert counted() == {} and held() == 0


def test_counts_are_those_by_hand_in_whatever_order_versions_come_and_go(newsroom, bob, alice):
    rng, texts = (
        Random(4),
        ["쌀값이 오른다고 한다", "쌀값이 내린다고 한다", "눈이 오른다고 쌀값이 오른다", ""],
    )
    story = newsroom["second"]
    first = story.releases.get()
    rows = [first]
    for version in (2, 3):
        first.pk, first.version = None, version
        first.save()
        rows.append(Release.objects.get(pk=first.pk))
    for _turn in range(40):
        row = rng.choice(rows)
        if rng.random() < 0.3:
            RememberedWording.objects.filter(release=row).delete()
        else:
            printed.keep(row, wording(rng.choice(texts)))
        assert counted() == by_hand() and held() == len(counted())


def test_where_there_is_no_room_nothing_is_judged_and_that_is_said(newsroom, monkeypatch):
    monkeypatch.setattr(printed, "MOST", held() + 1)
    row = newsroom["second"].releases.get()
    printed.keep(row, wording("세상에 없던 말이 여기에 처음으로 나온다"))
    assert not RememberedWording.objects.get(release=row).counted
    assert counted() == by_hand() and held() == len(counted())
    said = reviewed(newsroom["draft"])
    assert "voice_full" in said.cannot_estimate_keys and not heard(newsroom["draft"])
    printed.keep(row, Wording())
    assert not PrintedBefore(newsroom["draft"]).full


def asked(story):
    with CaptureQueriesContext(connection) as queries:
        heard(story)
    return [one["sql"] for one in queries if "printedcode" in one["sql"] or "rememberedwording" in one["sql"]]


def test_a_longer_draft_asks_no_more_questions(newsroom):
    few = asked(newsroom["draft"])
    for edition in newsroom["draft"].editions.filter(lang="ko"):
        row = edition.paragraphs.filter(claims__isnull=False).last()
        for at in range(5, 25):
            more = Paragraph.objects.create(edition=edition, position=at, text=f"{row.text} {at}")
            more.claims.set(row.claims.all())
    assert len(asked(newsroom["draft"])) == len(few) == 4


def test_what_was_not_named_ahead_is_looked_up_by_itself(newsroom):
    past = PrintedBefore(newsroom["draft"])
    assert past.knows("손전화", "사용자") and not past.knows("간", "콩알만했다")
