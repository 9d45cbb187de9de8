"""Consent: kept with its history, said at review and release, and withdrawn means stop."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from nightdesk.desk.care import consent
from nightdesk.desk.care.consent import Said
from nightdesk.desk.care.models import Consent
from nightdesk.desk.care.showing import behind
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.releases import actions
from nightdesk.desk.review import keeping
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.state import state_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.sources.models import Source
from nightdesk.desk.stories.models import Paragraph

pytestmark = pytest.mark.django_db
DAY = date(2023, 12, 15)
REASONS = {"ko": "내용을 더는 확인할 수 없다.", "en": "It can no longer be confirmed."}


def give(member, source, *purposes, limits=""):
    return consent.write(member, source, Said(DAY, member, purposes, limits, DAY))


def take_back(member, source):
    return consent.withdraw(member, source, Said(DAY, member, limits="She asked us to stop."))


def keys(member, story):
    return {str(row.source): row.allowed.key for row in behind(member, standing_of(story).story)}


def test_every_source_behind_a_story_is_shown_with_its_consent(story, crane, alice, bob):
    give(bob, crane, "words")
    give(bob, Source.objects.get(pseudonym="heron"), "words", limits="Never the town.")
    assert keys(alice, story) == {"crane": "given", "heron": "limited", "millet": "missing"}


def test_a_row_for_the_public_record_asks_for_data_too(story, crane, alice, bob):
    give(bob, crane, "words")
    token = crane.reports.get().accounts.get().claims.get().token
    keeping.let_into_record(
        alice, story, token, {"ko": "당국", "en": "officials"}, {"ko": "주민", "en": "people"}
    )
    row = next(row for row in behind(alice, standing_of(story).story) if row.source == crane)
    assert (row.allowed.key, row.lacking) == ("limited", ["publish as data"])


@pytest.mark.parametrize("door", ["review:story", "releases:story"])
def test_review_and_release_say_what_is_missing_or_limited(story, crane, alice, bob, signed_in, door):
    give(bob, crane, "words", limits="Never the town.")
    page = signed_in(alice).get(reverse(door, args=[story.pk])).text
    assert "no consent on record" in page and "consent with limits" in page and "Never the town." in page


def test_a_member_who_may_not_see_a_source_reads_neither_its_name_nor_its_limits(story, crane, bob, dana):
    Source.objects.get(pseudonym="heron").cleared.add(dana)
    give(bob, crane, "words", limits="Never the town.")
    rows = behind(dana, standing_of(story).story)
    assert [str(row.source) for row in rows] == ["heron", "None", "None"]
    assert [row.limits for row in rows] == ["", "", ""]
    assert sorted(row.allowed.key for row in rows) == ["limited", "missing", "missing"]


def test_a_withdrawn_consent_stops_the_release_and_two_people_cannot_decide_otherwise(
    story, crane, alice, erin, bob, keyring
):
    give(bob, crane, "words", "data")
    making.cleared(alice, erin, story)
    take_back(bob, crane)
    assert state_of(story).key == "frozen"
    for attempt in (lambda: actions.release(alice, story), lambda: making.clear(erin, story)):
        with pytest.raises(DeskError, match="withdrawn its consent") as refusal:
            attempt()
        assert "crane" not in f"{refusal.value.what} {refusal.value.remedy}"


def test_without_the_words_of_that_source_the_story_may_leave_again(story, crane, alice, erin, bob, keyring):
    take_back(bob, crane)
    for row in Paragraph.objects.filter(claims__account__report__source=crane):
        row.translations.all().delete()
        row.delete()
    making.cleared(alice, erin, story)
    assert actions.release(alice, story).version == 1


def test_a_story_readers_have_can_still_be_withdrawn(released, crane, alice, erin, bob):
    take_back(bob, crane)
    actions.withdraw(alice, released, REASONS)
    released.refresh_from_db()
    making.cleared(alice, erin, released)
    assert actions.release(alice, released).kind == "withdrawal"


def test_a_consent_given_anew_counts_and_the_history_stays(crane, bob, signed_in):
    give(bob, crane, "words", limits="Never the town.")
    take_back(bob, crane)
    give(bob, crane, "record")
    assert consent.newest(crane).purposes == ["record"]
    page = signed_in(bob).get(reverse("care:consent", args=[crane.pk])).text
    assert all(words in page for words in ("Never the town.", "She asked us to stop.", "keep for the record"))
    verbs = CustodyEntry.objects.filter(subject=f"source:{crane.pk}").values_list("verb", flat=True)
    assert list(verbs) == ["consent", "withdraw consent", "consent"]


def test_a_change_of_consent_asks_whoever_cleared_for_another_look(story, crane, alice, erin, bob, keyring):
    making.cleared(alice, erin, story)
    give(bob, crane, "words", limits="Never the town.")
    assert state_of(story).key != "cleared"
    with pytest.raises(DeskError):
        actions.release(alice, story)


def test_a_consent_is_written_down_on_the_screen(crane, bob, signed_in):
    url = reverse("care:consent", args=[crane.pk])
    typed = {
        "said_on": "2023-12-15", "asked_by": bob.pk, "purposes": ["words", "courts"], "limits": "Never the town.",
        "worst_case": "yes", "worst_case_on": "2023-12-15",
    }  # fmt: skip
    assert signed_in(bob).post(url, {**typed, "worst_case_on": ""}).status_code == 400
    assert signed_in(bob).post(url, {**typed, "worst_case": "no"}).status_code == 400
    assert signed_in(bob).post(url, {**typed, "purposes": ["anything"]}).status_code == 400
    answer = signed_in(bob).post(url, {**typed, "purposes": []})
    assert answer.status_code == 400 and "Never the town." in answer.text
    assert signed_in(bob).post(url, typed).status_code == 302
    row = Consent.objects.get()
    assert (row.purposes, row.worst_case_on, row.asked_by) == (["words", "courts"], DAY, bob)
    back = {"said_on": "2023-12-16", "asked_by": bob.pk, "limits": "She asked us to stop."}
    assert signed_in(bob).post(reverse("care:withdraw", args=[crane.pk]), back).status_code == 302
    assert consent.newest(crane).withdrawn


def test_nobody_writes_a_consent_for_a_source_he_may_not_see(crane, charlie):
    with pytest.raises(NotAllowed):
        give(charlie, crane, "words")
    with pytest.raises(NotAllowed):
        take_back(charlie, crane)
