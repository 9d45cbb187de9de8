"""Offers: words put into the text of one edition or both, and put back."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from nightdesk.desk.errors import Stale
from nightdesk.desk.review import actions, findings, showing
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


# --- the same words in other places -----------------------------------------------------------------------


def group_of(one, kind, label):
    """The first open finding of a class with such an offer, and the offer."""
    return next(
        (judged.finding, group)
        for judged in one.judged
        if judged.finding.kind == kind and judged.standing == "open"
        for group in findings.offers(judged.finding)
        if group.offers[0]["key"] == label
    )


@pytest.fixture
def twice(story, alice):
    """The story with its first two paragraphs once more behind it, reviewed."""
    for row in list(Paragraph.objects.filter(edition__story=story, edition__lang="ko", position__lte=2)):
        english = Paragraph.objects.get(translates=row)
        made = Paragraph.objects.create(edition=row.edition, position=row.position + 4, text=row.text)
        made.claims.set(row.claims.all())
        Paragraph.objects.create(
            edition=english.edition, position=made.position, text=english.text, translates=made, translated_text=made.text
        )  # fmt: skip
    actions.review(alice, story)
    return story


def test_an_offer_is_taken_wherever_the_same_words_stand_and_put_back_at_once(twice, alice):
    before = [(words("ko", n), words("en", n)) for n in (1, 5)]
    found, group = group_of(standing_of(twice), "contact day", "drop_day")
    decision = actions.generalise(alice, twice, found.key, group.number, everywhere=True)
    assert [("15일" in words("ko", n), "Friday" in words("en", n)) for n in (1, 5)] == [(False, False)] * 2
    assert not any(row.stale for row in Paragraph.objects.filter(edition__lang="en"))
    assert len(decision.edits) == 4
    actions.undo(alice, decision)
    assert [(words("ko", n), words("en", n)) for n in (1, 5)] == before


def test_an_offer_taken_in_its_own_place_leaves_the_others(twice, alice):
    found, group = group_of(standing_of(twice), "contact day", "drop_day")
    actions.generalise(alice, twice, found.key, group.number)
    assert sorted("15일" in words("ko", n) for n in (1, 5)) == [False, True]


def test_what_somebody_kept_with_a_reason_stays_where_the_others_go(twice, alice):
    kept, group = group_of(standing_of(twice), "contact day", "drop_day")
    actions.keep(alice, twice, kept.key, "Known all over the town.")
    found, group = group_of(standing_of(twice), "contact day", "drop_day")
    assert found.key != kept.key
    actions.generalise(alice, twice, found.key, group.number, everywhere=True)
    assert sorted("15일" in words("ko", n) for n in (1, 5)) == [False, True]


def test_an_offer_for_one_edition_is_taken_in_that_edition_everywhere(twice, alice):
    found, group = group_of(standing_of(twice), "contact day", "drop_day")
    english = [words("en", n) for n in (1, 5)]
    actions.generalise(alice, twice, found.key, group.number, ["ko"], everywhere=True)
    assert [("15일" in words("ko", n)) for n in (1, 5)] == [False, False]
    assert [words("en", n) for n in (1, 5)] == english


def test_the_screen_says_in_how_many_other_places_and_takes_them(twice, alice, signed_in):
    found, group = group_of(standing_of(twice), "contact day", "drop_day")
    client, here = signed_in(alice), reverse("review:story", args=[twice.pk])
    page = client.get(here, {"finding": found.key}).content.decode()
    assert "and in 1 other place where the same words stand" in page
    form = {"key": found.key, "offer": group.number, "everywhere": "1"}
    answer = client.post(reverse("review:generalise", args=[twice.pk]), form, follow=True)
    assert (
        "The text is changed wherever the same words stood" in answer.content.decode()
        and "15일" not in words("ko", 5)
    )


@pytest.mark.parametrize(
    ("text", "end", "after", "shown"),
    [
        ("Yokjon-dong sealed off", 13, "S", ("Yokjon-dong sealed", "Sealed")),
        ("Yokjon-dong sealed off", 12, "", ("Yokjon-dong ", "")),
        ("역전동에서 봉쇄", 3, "시내", ("역전동", "시내")),
    ],
)
def test_the_screen_shows_the_whole_word_of_which_an_offer_changes_a_letter(text, end, after, shown):
    spot = SimpleNamespace(text=text)
    one = SimpleNamespace(laid=SimpleNamespace(spot=lambda edition, paragraph: spot))
    offer = {"edition": "en", "paragraph": "title", "start": 0, "end": end, "text": after}
    change = showing._change(offer, one)
    assert (change["before"], change["after"]) == shown
