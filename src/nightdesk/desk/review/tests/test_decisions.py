"""Decisions: reasons, a second person for what is red, and taking things back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nightdesk.desk.conftest import newsroom_day
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.review import actions
from nightdesk.desk.review.models import Decision
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.stories.models import Paragraph

REASON = "A third source repeats this very sum."


def next_day():
    return newsroom_day() + timedelta(days=1)


def red(alice, story, kind="exact sum"):
    return actions.review(alice, story).findings.filter(kind=kind, severity="red").first()


def test_a_reason_of_one_word_is_refused(story, alice):
    found = red(alice, story)
    with pytest.raises(DeskError):
        actions.keep(alice, story, found.key, "fine")
    assert not Decision.objects.exists()


def test_the_same_person_cannot_be_the_second(story, alice, erin):
    decision = actions.keep(alice, story, red(alice, story).key, REASON)
    assert decision.waits_for_second
    with pytest.raises(NotAllowed):
        actions.second(alice, decision, REASON)
    assert standing_of(story).judged[0].finding is not None
    actions.second(erin, decision, REASON)
    decision.refresh_from_db()
    assert not decision.waits_for_second
    with pytest.raises(Stale):
        actions.second(erin, decision, REASON)


def test_over_http_the_same_person_is_refused_aloud(story, alice, signed_in):
    decision = actions.keep(alice, story, red(alice, story).key, REASON)
    url = reverse("review:second", args=[story.pk])
    answer = signed_in(alice).post(url, {"decision": decision.pk, "reason": REASON})
    assert answer.status_code == 403
    decision.refresh_from_db()
    assert decision.second is None


def test_a_decision_survives_a_review_of_a_text_that_changed_elsewhere(story, alice):
    found = red(alice, story)
    actions.keep(alice, story, found.key, REASON)
    Paragraph.objects.filter(edition__lang="ko").last().delete()
    actions.review(alice, story)
    judged = next(j for j in standing_of(story).judged if j.finding.key == found.key)
    assert judged.standing == "waits"


def test_a_decision_taken_back_is_open_again(story, alice):
    found = red(alice, story)
    decision = actions.keep(alice, story, found.key, REASON)
    actions.undo(alice, decision)
    judged = next(j for j in standing_of(story).judged if j.finding.key == found.key)
    assert judged.standing == "open"
    with pytest.raises(Stale):
        actions.undo(alice, decision)


def test_a_finding_of_an_older_text_is_not_decided(story, alice):
    found = red(alice, story)
    Paragraph.objects.filter(edition__lang="ko").last().delete()
    with pytest.raises(Stale):
        actions.keep(alice, story, found.key, REASON)


def test_every_decision_stands_in_the_custody_log_without_its_words(story, alice):
    actions.keep(alice, story, red(alice, story).key, REASON)
    notes = list(CustodyEntry.objects.filter(subject=f"story:{story.pk}").values_list("verb", "note"))
    assert ("decide", "keep exact sum") in notes
    assert REASON not in str(notes)


def test_each_member_is_shown_first_what_she_can_do_something_about(story, alice, erin):
    from nightdesk.desk.review.showing import choose

    first = choose((actions.review(alice, story), standing_of(story).judged)[1], "", {alice.pk})
    assert first.standing == "open"
    for judged in standing_of(story).open:
        actions.keep(alice, story, judged.finding.key, REASON)
    judged = standing_of(story).judged
    assert choose(judged, "", {erin.pk}).standing == "waits"
    actions.undo(alice, next(j for j in judged if j.finding.severity == "amber").decision)
    assert choose(standing_of(story).judged, "", {alice.pk}).standing == "open"


def ambers(story, kind):
    return [
        j.finding
        for j in standing_of(story).judged
        if j.finding.severity == "amber" and j.finding.kind == kind
    ]


def test_ticked_findings_of_the_class_are_kept_for_the_same_reason(story, alice, signed_in):
    actions.review(alice, story)
    first, *others = ambers(story, "edition says more")
    assert others
    page = (
        signed_in(alice)
        .get(reverse("review:story", args=[story.pk]), {"finding": first.key})
        .content.decode()
    )
    assert all(f'name="also" value="{other.key}"' in page for other in others)
    answer = signed_in(alice).post(
        reverse("review:keep", args=[story.pk]),
        {"key": first.key, "reason": REASON, "also": [other.key for other in others]},
        follow=True,
    )
    assert f"{1 + len(others)} findings are kept, with your reason." in answer.content.decode()
    kept = Decision.objects.filter(story=story, verb="keep", reason=REASON)
    assert {row.key for row in kept} == {first.key, *(other.key for other in others)}


def test_neither_a_red_finding_nor_one_of_another_class_is_kept_along(story, alice):
    found = actions.review(alice, story).findings
    amber = ambers(story, "edition says more")[0]
    for other in (red(alice, story), found.exclude(kind=amber.kind).filter(severity="amber").first()):
        with pytest.raises(Stale):
            actions.keep(alice, story, amber.key, REASON, [other.key])
    assert not Decision.objects.exists()


def test_the_card_of_a_finding_quotes_its_words_and_what_is_unresolved_leads_there(story, alice, signed_in):
    found = red(alice, story)
    page = (
        signed_in(alice)
        .get(reverse("review:story", args=[story.pk]), {"finding": found.key})
        .content.decode()
    )
    assert all(f">{span['words']}</q>" in page for span in found.data["spans"])
    row = page.partition(f'?finding={found.key}#finding"><span class="chip red">')[2]
    assert " red</span>" in row[:40]


def test_after_a_decision_the_next_open_finding_is_shown_and_not_the_first(story, alice, signed_in):
    from nightdesk.desk.review.findings import offers

    actions.review(alice, story)
    judged, url = standing_of(story).judged, reverse("review:story", args=[story.pk])
    second, third = judged[1].finding, judged[2].finding
    answer = signed_in(alice).post(
        reverse("review:keep", args=[story.pk]), {"key": second.key, "reason": REASON}
    )
    assert answer["Location"] == f"{url}?finding={third.key}#finding"
    at = next(n for n, j in enumerate(judged) if n > 2 and offers(j.finding))
    offer, following = offers(judged[at].finding)[0], judged[(at + 1) % len(judged)].finding
    answer = signed_in(alice).post(
        reverse("review:generalise", args=[story.pk]),
        {"key": judged[at].finding.key, "offer": offer.number, "lang": offer.editions},
    )
    assert answer["Location"] == f"{url}?finding={following.key}#finding"


def test_a_stale_tab_does_not_throw_a_second_persons_word_away(story, alice, erin):
    found = red(alice, story)
    actions.second(erin, actions.keep(alice, story, found.key, REASON), REASON)
    with pytest.raises(Stale, match="decided this already"):
        actions.keep(alice, story, found.key, REASON)
    assert Decision.objects.get(key=found.key, undone_at=None).second == erin


def test_after_midnight_the_day_is_named_and_not_a_text_that_nobody_changed(story, alice, settings):
    """Midnight in UTC is nine in the morning in Seoul: somebody is in the middle of a review."""
    found, text = red(alice, story), standing_of(story).laid.fingerprint
    settings.NIGHTDESK_CLOCK = f"{__name__}.next_day"
    for decide in (
        lambda: actions.keep(alice, story, found.key, REASON),
        lambda: actions.generalise(alice, story, found.key, 0),
        lambda: actions.clear(alice, story, text),
    ):
        with pytest.raises(Stale, match="A new day has begun"):
            decide()
    red(alice, story)
    assert actions.keep(alice, story, found.key, REASON)


def test_what_changed_on_the_day_itself_is_the_text_or_what_it_rests_on(story, alice):
    found = red(alice, story)
    Paragraph.objects.filter(edition__lang="ko").last().delete()
    with pytest.raises(Stale, match="The text, or what it rests on, changed"):
        actions.keep(alice, story, found.key, REASON)
