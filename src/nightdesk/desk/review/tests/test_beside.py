"""What readers see outside the text is reviewed like it: the address, and the free words of the record."""

import pytest
from django.urls import reverse

from nightdesk.desk.errors import DeskError
from nightdesk.desk.review import actions, keeping
from nightdesk.desk.review.standing import blockers, standing_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.stories.addresses import neutral


def test_the_address_is_read_by_the_review_and_shown(story, alice, signed_in):
    keeping.readdress(alice, story, "remittance-broker-in-hoeryong")
    review = actions.review(alice, story)
    assert any(
        span["paragraph"] == "address" for found in review.findings.all() for span in found.data["spans"]
    )
    page = signed_in(alice).get(reverse("review:story", args=[story.pk])).content.decode()
    assert 'name="slug"' in page and 'data-part="address"' in page


def test_an_address_nobody_chose_asks_nothing(story, alice):
    """Twenty, for it is drawn: no digit of it is unread, no syllable a name."""
    for _ in range(20):
        keeping.readdress(alice, story, neutral())
        found = actions.review(alice, story).findings.all()
        asked = [
            (row.kind, row.data["why"]["en"])
            for row in found
            for span in row.data["spans"]
            if span["paragraph"] == "address"
        ]
        assert asked == []


def test_an_address_changed_after_clearing_reopens_the_text(story, alice, erin, signed_in):
    making.cleared(alice, erin, story)
    signed_in(alice).post(reverse("review:address", args=[story.pk]), {"slug": "2023-12-18-k3f9"})
    one = standing_of(story)
    assert one.story.slug == "2023-12-18-k3f9" and not one.clearance_holds


@pytest.mark.parametrize("slug", ["", "Two Words", "archive", "static", "another", "x" * 81, "../x"])
def test_an_address_that_cannot_be_one_is_refused(story, bob, tariq, alice, slug):
    making.Story.objects.create(slug="another", public_id="pub-x", begun_by=bob, begun_at=story.begun_at)
    with pytest.raises(DeskError):
        keeping.readdress(alice, story, slug)


def test_an_address_readers_have_stays(story, alice, erin):
    from nightdesk.desk.releases import actions as releases

    making.hold_keys()
    making.cleared(alice, erin, story)
    releases.release(alice, story)
    with pytest.raises(DeskError):
        keeping.readdress(alice, story, "elsewhere")


WORDS = {
    "actor": {"ko": "보위원들", "en": "two agents"},
    "party": {"ko": "회령의 송금 브로커", "en": "a remittance broker in Hoeryong"},
}


def token_of(story, at=2):
    return next(iter(standing_of(story).laid.draft.editions["ko"][at].claims))


def test_the_free_words_of_a_public_row_are_read_by_the_review(story, alice):
    row = keeping.let_into_record(alice, story, token_of(story), **WORDS)
    review = actions.review(alice, story)
    spots = {span["paragraph"] for found in review.findings.all() for span in found.data["spans"]}
    assert f"row:{row.public_id}" in spots
    offered = {offer["paragraph"] for found in review.findings.all() for offer in found.data["offers"]}
    assert f"row:{row.public_id}" not in offered


def test_the_words_of_a_public_row_are_read_in_their_own_edition_only(story, alice):
    row = keeping.let_into_record(alice, story, token_of(story), **WORDS)
    laid = standing_of(story).laid
    said = {lang: laid.spot(lang, f"row:{row.public_id}").text for lang in ("ko", "en")}
    assert said == {
        "ko": "보위원들 · 회령의 송금 브로커",
        "en": "two agents · a remittance broker in Hoeryong",
    }


@pytest.mark.parametrize("name", ["actor", "party"])
def test_a_public_row_with_words_in_one_language_is_not_cleared(story, alice, erin, name):
    keeping.let_into_record(alice, story, token_of(story), **{**WORDS, name: {"en": "two agents"}})
    making.decide_everything(alice, erin, story)
    wanting = [words for words in blockers(standing_of(story)) if "Korean" in words]
    assert len(wanting) == 1 and f"no {name} in Korean" in wanting[0]
    with pytest.raises(DeskError, match="cannot be cleared"):
        making.clear(alice, story)


def test_a_public_row_without_any_words_may_be_cleared(story, alice, erin):
    keeping.let_into_record(alice, story, token_of(story), {}, {"ko": " ", "en": ""})
    assert making.cleared(alice, erin, story)


def test_the_screen_asks_for_the_words_in_each_language_and_keeps_them(story, alice, signed_in):
    token, url = token_of(story), reverse("review:for_record", args=[story.pk])
    typed = {f"{name}_{lang}": said for name, by in WORDS.items() for lang, said in by.items()}
    signed_in(alice).post(url, {"claim": token, "public": "1", **typed})
    row = story.for_the_record.get()
    assert (row.actor, row.party) == (WORDS["actor"], WORDS["party"])
    page = signed_in(alice).get(reverse("review:story", args=[story.pk])).content.decode()
    assert all(f'name="{name}"' in page for name in typed) and 'value="보위원들"' in page


def test_a_release_carries_the_words_of_a_row_by_language(story, alice, erin):
    from nightdesk.desk.releases import actions as releases
    from nightdesk.release.codec import from_bytes

    making.hold_keys()
    keeping.let_into_record(alice, story, token_of(story), **WORDS)
    making.cleared(alice, erin, story)
    (act,) = from_bytes(bytes(releases.release(alice, story).document)).acts
    assert (act.actor, act.party) == (WORDS["actor"], WORDS["party"])


def test_what_a_claim_says_in_private_is_not_offered_for_the_record(story, alice, signed_in):
    for claim in making.Claim.objects.all():
        claim.actor, claim.party = "Captain Private", "The Private Party"
        claim.save()
    page = signed_in(alice).get(reverse("review:story", args=[story.pk])).content.decode()
    assert "Captain Private" not in page and "The Private Party" not in page
