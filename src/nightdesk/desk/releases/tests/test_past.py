"""The past as rows finds exactly what reading every release anew would find, and says when it is not all read."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from nightdesk.desk.care import purging
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.clock import today
from nightdesk.desk.errors import DeskError
from nightdesk.desk.releases import actions
from nightdesk.desk.releases.models import Release
from nightdesk.desk.releases.tests.test_correcting import corrected, withdrawn
from nightdesk.desk.reports.models import Report
from nightdesk.desk.review import actions as review
from nightdesk.desk.review import remembering
from nightdesk.desk.review.evidence import evidence_of, tables
from nightdesk.desk.review.models import RememberedRelease, RememberedValue
from nightdesk.desk.review.past import Released, plain
from nightdesk.desk.review.standing import blockers, standing_of
from nightdesk.desk.review.tests import making, stencil
from nightdesk.desk.review.tests.plainly import history_of
from nightdesk.desk.sources.models import Relay, Source
from nightdesk.desk.stories.models import Paragraph, Story
from nightdesk.disclosure import Archive, remember
from nightdesk.disclosure import review as run

ROW = "Hoeryong | fines | {n}"


def add_row(story, n):
    """The same row of a table in each edition, with its number."""
    for edition in story.editions.all():
        made = Paragraph.objects.create(edition=edition, position=9, text=ROW.format(n=n))
        if edition.lang == "en":
            made.translates, made.translated_text = Paragraph.objects.get(edition__story=story, edition__lang="ko", position=9), made.text  # fmt: skip
            made.save()


def released_story(bob, tariq, alice, erin, slug, n):
    made = making.story(bob, tariq, slug)
    made.editions.update(title=f"{slug} 회령")
    made.editions.filter(lang="en").update(translated_title=f"{slug} 회령")
    add_row(made, n)
    making.cleared(alice, erin, made)
    actions.release(alice, made)
    made.refresh_from_db()
    return made


@pytest.fixture
def newsroom(request, keyring):
    """Three released stories, one of them corrected once, one withdrawn, and a draft beside them."""
    people = ("released", "bob", "tariq", "alice", "erin")
    stencil.put("past", lambda: _newsroom(*map(request.getfixturevalue, people)))
    names = {"released": "year-end-phone-sweep", "second": "second", "third": "third", "draft": "draft"}
    return {name: Story.objects.get(slug=slug) for name, slug in names.items()}


def _newsroom(released, bob, tariq, alice, erin):
    second = released_story(bob, tariq, alice, erin, "second", 40)
    third = released_story(bob, tariq, alice, erin, "third", 41)
    Claim.objects.filter(
        account__report__source__pseudonym="heron", paragraphs__edition__story=second
    ).update(knowers="household", knowers_low=2, knowers_high=4)
    corrected(alice, erin, released)
    withdrawn(alice, erin, third)
    add_row(making.story(bob, tariq, "draft"), 42)


def found(story, past):
    laid = standing_of(Story.objects.get(pk=story.pk)).laid
    return run(laid.draft, evidence_of(laid.story), past, tables(), laid.on)


def agree(story):
    """Both ways say the same of this story; says how much of it is of the past."""
    said = found(story, Released(story))
    assert said == found(story, history_of(story))
    return [one.why_key for one in said.findings if one.class_ == "history" or one.why_key == "circles_past"]


def test_rows_and_every_release_read_anew_say_the_same(newsroom):
    said = agree(newsroom["draft"])
    assert {"history_source_place_many", "history_sum_many", "row_by_little", "circles_past"} <= set(said)


def test_a_story_s_own_earlier_versions_are_not_laid_beside_it(newsroom):
    assert "history_source_place" in "".join(agree(newsroom["second"]))
    alone = newsroom["released"]
    for story in Story.objects.exclude(pk=alone.pk):
        RememberedRelease.objects.filter(story=story).delete()
    assert Released(alone).told_of("crane", "hoeryong") is None
    assert Released(alone).circle("heron") is None


def test_a_claim_in_both_stories_counts_for_the_other_one(newsroom):
    claim = Claim.objects.filter(paragraphs__edition__story=newsroom["second"]).last()
    Paragraph.objects.filter(edition__story=newsroom["draft"]).first().claims.add(claim)
    assert agree(newsroom["draft"])


def test_a_purge_takes_the_source_out_of_the_past_and_leaves_what_was_said(newsroom, alice, erin):
    heron, draft = Source.objects.get(pseudonym="heron"), newsroom["draft"]
    assert Released(draft).told_of("heron", "hoeryong")
    purging.confirm(erin, purging.ask(alice, heron, [], "She asked for it in person.").pk)
    assert Released(draft).told_of("heron", "hoeryong") is None
    assert Released(draft).circle("heron") is None
    assert Released(draft).told_of("crane", "hoeryong").count == 3
    assert agree(draft)


def test_every_lookup_is_that_of_the_engine_s_own_index(newsroom):
    draft = newsroom["draft"]
    archive, past = Archive(remember(one, "KP") for one in history_of(draft)), Released(draft)
    assert len(archive) > 15
    for key, hits in archive._by.items():
        mine = past.find(key)
        assert (mine.count, mine.latest) == (hits.count, hits.latest), key
    for source in ("crane", "heron", "millet"):
        mine, hits = past.circle(source), archive.circle(source)
        assert (mine.count, mine.latest.knowers, mine.latest.id) == (
            hits.count,
            hits.latest.knowers,
            hits.latest.id,
        )


def test_the_days_from_contact_to_release_are_those_of_the_other_stories(newsroom):
    draft = newsroom["draft"]
    archive, past = Archive(remember(one, "KP") for one in history_of(draft)), Released(draft)
    assert past.lags("source", "crane") == archive.lags("source", "crane") != ()
    assert len(Released(newsroom["second"]).lags("source", "crane")) == len(past.lags("source", "crane")) - 1
    assert past.lags("source", "nobody") == past.lags("via", "nobody") == ()
    relay = Relay.objects.create(name="ferry")
    Report.objects.filter(source__pseudonym="crane").update(relay=relay)
    assert past.lags("via", "ferry") == past.lags("source", "crane")


def test_a_contact_after_the_release_counts_back_to_nothing(newsroom):
    Report.objects.filter(source__pseudonym="crane").update(contact_on=today() + timedelta(days=1))
    assert Released(newsroom["draft"]).lags("source", "crane") == ()


def test_a_habit_of_the_desk_is_a_finding(newsroom):
    """Three stories of one source, each out as long after its call as this one will be."""
    keys = [one.why_key for one in found(newsroom["draft"], Released(newsroom["draft"])).findings]
    assert "lag_same" in keys


def test_a_desk_without_rows_reads_what_it_released_and_says_the_same(newsroom):
    before = agree(newsroom["draft"])
    kept = sorted(RememberedValue.objects.values_list("of__name", "key"))
    RememberedRelease.objects.all().delete()
    assert remembering.unread() == Release.objects.count() > 4
    assert remembering.catch_up() == 0
    assert sorted(RememberedValue.objects.values_list("of__name", "key")) == kept
    assert agree(newsroom["draft"]) == before


def test_other_rules_read_every_release_once_more(newsroom, monkeypatch):
    kept = sorted(RememberedValue.objects.values_list("of__release", "key"))
    monkeypatch.setattr(remembering, "rules", lambda: "other")
    assert remembering.unread() == Release.objects.count()
    assert remembering.catch_up() == 0
    assert set(RememberedRelease.objects.values_list("rules", flat=True)) == {"other"}
    assert sorted(RememberedValue.objects.values_list("of__release", "key")) == kept


def test_the_rules_are_every_file_of_the_rooms_that_read(tmp_path, monkeypatch):
    assert len(remembering.rules()) == 16
    room = type("Room", (), {"__file__": str(tmp_path / "__init__.py")})
    monkeypatch.setattr(remembering, "disclosure", room)
    seen = set()
    for words in ("a = 1", "a = 2"):
        (tmp_path / "table.toml").write_text(words)
        seen.add(remembering.rules.__wrapped__())
    assert len(seen) == 2


@pytest.fixture
def served(monkeypatch):
    """A desk that is served, where two releases are much."""
    monkeypatch.setattr(remembering, "AT_ONCE", 1)
    remembering.serving.set()
    yield
    remembering.serving.clear()


def test_nothing_is_cleared_on_a_past_that_is_not_read_to_its_end(newsroom, served, alice, erin, signed_in):
    draft, client = newsroom["draft"], signed_in(alice)
    RememberedRelease.objects.filter(story=newsroom["second"]).delete()
    RememberedRelease.objects.filter(story=newsroom["released"]).delete()
    page = client.get(reverse("review:story", args=[draft.pk])).content.decode()
    assert "Earlier releases are still being read: 2 of 5 so far." in page
    making.decide_everything(alice, erin, draft)
    one = standing_of(draft)
    assert len(blockers(one)) == 1
    with pytest.raises(DeskError, match="cannot be cleared"):
        making.clear(alice, draft)
    remembering._read_all()
    page = client.get(reverse("review:story", args=[draft.pk])).content.decode()
    assert "Earlier releases are still being read" not in page
    assert standing_of(draft).review.unread_past == 0
    making.decide_everything(alice, erin, draft)
    assert making.clear(alice, draft)


def test_what_is_cleared_waits_when_the_past_is_to_be_read_anew(newsroom, served, alice, erin, monkeypatch):
    draft = newsroom["draft"]
    making.cleared(alice, erin, draft)
    monkeypatch.setattr(remembering, "rules", lambda: "other")
    with pytest.raises(DeskError, match="not cleared for today"):
        actions.release(alice, draft)
    assert not standing_of(draft).cleared_today
    remembering._read_all()
    review.refresh(alice, draft)
    assert actions.release(alice, draft).version == 1


def test_one_release_that_cannot_be_read_is_said_and_keeps_no_other_back(newsroom, alice):
    RememberedRelease.objects.all().delete()
    first = Release.objects.order_by("pk").first()
    Release.objects.filter(pk=first.pk).update(document=b"{}")
    assert remembering.catch_up() == 1
    assert RememberedRelease.objects.count() == Release.objects.count() - 1
    assert review.review(alice, newsroom["draft"]).unread_past == 1


def test_the_thread_reads_what_is_missing_and_ends(newsroom, monkeypatch):
    RememberedRelease.objects.all().delete()
    monkeypatch.setattr(remembering, "BREATH", 0)
    monkeypatch.setattr(remembering.connection, "close", lambda: None)
    remembering._read_until_done()
    assert remembering.unread() == 0


def test_a_value_nobody_has_words_for_is_refused():
    assert plain((date(2023, 12, 1), None)) == "2023-12-01/"
    with pytest.raises(ValueError, match="float"):
        plain(1.5)


def test_a_release_is_read_as_it_leaves(released):
    assert remembering.unread() == 0
    assert RememberedRelease.objects.get().released_on == today()
