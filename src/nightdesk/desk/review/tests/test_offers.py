"""Offers: words put into the text of one edition or both, and put back."""

import pytest

from nightdesk.desk.errors import Stale
from nightdesk.desk.review import actions, findings
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.stories.models import Paragraph, Version


def take(alice, story, kind, label, langs=(), paragraph=None):
    for judged in standing_of(story).judged or judged_of(alice, story):
        found = judged.finding
        for group in findings.offers(found) if found.kind == kind else ():
            here = {offer["paragraph"] for offer in group.offers}
            if group.offers[0]["key"] == label and (paragraph is None or paragraph in here):
                return actions.generalise(alice, story, found.key, group.number, langs)
    raise AssertionError(f"no offer {label} for {kind}")


def judged_of(alice, story):
    actions.review(alice, story)
    return standing_of(story).judged


def words(lang, position):
    return Paragraph.objects.get(edition__lang=lang, position=position).text


def test_an_offer_for_both_editions_leaves_no_translation_stale(story, alice):
    take(alice, story, "contact day", "drop_day")
    assert "15일" not in words("ko", 1)
    assert "Friday" not in words("en", 1)
    assert not any(row.stale for row in Paragraph.objects.filter(edition__lang="en"))


def test_an_offer_taken_in_one_edition_leaves_the_translation_stale(story, alice):
    take(alice, story, "contact day", "drop_day", ["ko"])
    assert "Friday" in words("en", 1)
    assert [row.stale for row in Paragraph.objects.filter(edition__lang="en")] == [True, False, False, False]


def test_a_sum_that_is_dropped_takes_its_whole_chip(story, alice):
    pk = Paragraph.objects.get(edition__lang="en", position=2).pk
    take(alice, story, "exact sum", "drop_sum", paragraph=f"p{pk}")
    assert words("en", 2).endswith("for money.")
    assert "{money" not in words("ko", 2)


def test_a_sum_that_is_still_said_after_rewording_stays_a_chip(story, alice):
    pk = Paragraph.objects.get(edition__lang="ko", position=2).pk
    before = words("ko", 2)
    take(alice, story, "verbatim words", "reword", paragraph=f"p{pk}")
    after = words("ko", 2)
    assert after != before
    assert after.count("{money:c") == 1 and "2만" not in after


def test_an_applied_offer_keeps_a_version_and_can_be_put_back(story, alice):
    before = words("ko", 1), words("en", 1)
    decision = take(alice, story, "contact day", "drop_day")
    assert Version.objects.filter(story=story).exists()
    actions.undo(alice, decision)
    assert (words("ko", 1), words("en", 1)) == before
    assert not any(row.stale for row in Paragraph.objects.filter(edition__lang="en"))


def test_words_somebody_wrote_over_are_not_put_back(story, alice):
    decision = take(alice, story, "contact day", "drop_day")
    Paragraph.objects.filter(edition__lang="ko", position=1).update(text="다른 말")
    with pytest.raises(Stale):
        actions.undo(alice, decision)
    decision.refresh_from_db()
    assert decision.undone_at is None
    assert words("ko", 1) == "다른 말"
    assert "Friday" not in words("en", 1)


def test_only_words_that_stand_as_they_were_left_can_be_put_back_on_the_screen(story, alice, signed_in):
    take(alice, story, "contact day", "drop_day")
    client = signed_in(alice)
    page = client.get(f"/review/{story.pk}/").content.decode()
    assert "Put the words back" in page and "changed again since" not in page
    Paragraph.objects.filter(edition__lang="ko", position=1).update(text="다른 말")
    page = client.get(f"/review/{story.pk}/").content.decode()
    assert "Put the words back" not in page and "cannot be put back by itself" in page


def test_an_offer_of_an_older_text_is_refused(story, alice):
    found = actions.review(alice, story).findings.get(kind="contact day", severity="red")
    Paragraph.objects.filter(edition__lang="ko", position=1).update(text="다른 말")
    with pytest.raises(Stale):
        actions.generalise(alice, story, found.key, 0)


def test_an_editor_who_read_both_says_that_a_translation_still_holds(story, alice, signed_in):
    from django.urls import reverse

    take(alice, story, "contact day", "drop_day", ["ko"])
    client = signed_in(alice)
    assert "still-fits" in client.get(reverse("review:story", args=[story.pk])).content.decode()
    source = Paragraph.objects.get(edition__lang="ko", position=1)
    url = reverse("review:still_fits", args=[story.pk])
    client.post(url, {"paragraph": source.pk, "seen": source.revision - 1})
    assert Paragraph.objects.get(edition__lang="en", position=1).stale
    client.post(url, {"paragraph": source.pk, "seen": source.revision})
    assert not Paragraph.objects.get(edition__lang="en", position=1).stale


def test_the_version_before_words_were_left_out_shows_a_dash_for_them(story, alice):
    take(alice, story, "verbatim words", "drop_sentence")
    name = Version.objects.filter(story=story).latest("pk").name
    assert name.endswith("→ –") and "“”" not in name
