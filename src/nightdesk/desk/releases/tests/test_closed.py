"""A withdrawn story is closed: every action that would change it refuses with a sentence, every screen shows it."""

import pytest
from django.urls import reverse

from nightdesk.desk.errors import DeskError
from nightdesk.desk.releases.tests.test_correcting import REASONS, withdrawn
from nightdesk.desk.review import actions as review
from nightdesk.desk.review import keeping
from nightdesk.desk.review.models import Decision
from nightdesk.desk.review.tests import making, stencil
from nightdesk.desk.stories import actions, arranging, drafts, pairs, photos
from nightdesk.desk.stories.models import Paragraph, PrivateDraft, Story, Version
from nightdesk.desk.stories.versions import content_of
from nightdesk.desk.translation import actions as translation


@pytest.fixture
def gone(request, keyring):
    """The released story, withdrawn, but in memory it still believes that it is not."""

    def withdraw():
        alice, released = request.getfixturevalue("alice"), request.getfixturevalue("released")
        actions.name_version(alice, released, "before")
        withdrawn(alice, request.getfixturevalue("erin"), released)

    stencil.put("gone", withdraw)
    believed = Story.objects.get(slug="year-end-phone-sweep")
    believed.withdrawn_at, believed.settled = None, False
    believed.version = Version.objects.get(story=believed, name="before")
    return believed


def source(story):
    return pairs.source_edition(story)


def first(story):
    return source(story).paragraphs.first()


def claim(story):
    return first(story).claims.first()


WORDS = photos.Words("Dana", "CC BY 4.0", {}, {})
CHANGES = {
    "save": lambda m, s: actions.save_paragraph(m, first(s), "new words", first(s).revision),
    "heading": lambda m, s: actions.save_heading(m, source(s), "new", "", source(s).title_revision),
    "attach": lambda m, s: actions.attach(m, first(s), claim(s)),
    "detach": lambda m, s: actions.detach(m, first(s), claim(s)),
    "name a version": lambda m, s: actions.name_version(m, s, "after"),
    "restore": lambda m, s: actions.restore(m, s.version),
    "hand over": lambda m, s: actions.hand_over(m, s),
    "take back": lambda m, s: actions.take_back(m, s),
    "add": lambda m, s: arranging.add_paragraph(m, source(s)),
    "move": lambda m, s: arranging.move_paragraph(m, first(s), 1),
    "remove": lambda m, s: arranging.remove_paragraph(m, first(s)),
    "put back": lambda m, s: arranging.put_back(m, s.version, first(s).pk),
    "autosave": lambda m, s: drafts.keep(m, first(s), "typed", 1),
    "autosave of a heading": lambda m, s: drafts.keep_heading(m, source(s), "typed", "", 1),
    "autosave of a lost paragraph": lambda m, s: drafts.keep_loose(m, source(s), "typed"),
    "photo": lambda m, s: photos.place_photo(m, s, b"", WORDS, 0),
    "remove the photo": lambda m, s: photos.remove_photo(m, s, 0),
    "translate": lambda m, s: translation.translate(m, first(s), "new", 1),
    "keep a translation": lambda m, s: translation.keep_as_is(m, first(s), first(s).revision),
    "let into the record": lambda m, s: keeping.let_into_record(m, s, claim(s).token, {}, {}),
    "keep out of the record": lambda m, s: keeping.keep_out_of_record(m, s, claim(s).token),
    "keep a finding": lambda m, s: review.keep(m, s, "key", "a reason of some words"),
    "take an offer": lambda m, s: review.generalise(m, s, "key", 0),
    "undo": lambda m, s: review.undo(m, Decision.objects.filter(story=s).first()),
    "review": lambda m, s: review.review(m, s),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_changes_a_withdrawn_story(gone, alice, change):
    before, rows = content_of(gone), gone.for_the_record.count()
    with pytest.raises(DeskError, match="This story was withdrawn") as refused:
        CHANGES[change](alice, gone)
    assert "a new one" in str(refused.value.remedy)
    assert content_of(gone) == before and gone.for_the_record.count() == rows
    assert not PrivateDraft.objects.filter(edition__story=gone).exists()


def test_a_withdrawn_story_is_nobodys_work_and_its_list_says_only_that_it_was_withdrawn(
    gone, alice, signed_in
):
    from nightdesk.desk.line import stages_of

    type(gone).objects.filter(pk=gone.pk).update(ready_to_translate_at=None)
    waiting = {stage.key: found.count for stage, found in stages_of(alice)}
    assert (waiting["stories"], waiting["translation"], waiting["review"]) == (0, 0, 0)
    shown = signed_in(alice).get(reverse("stories:list")).content.decode()
    assert "withdrawn" in shown and "not handed to translation" not in shown
    page = signed_in(alice).get(gone.get_absolute_url()).content.decode()
    assert "Take back from translation" not in page


def test_its_screen_shows_it_to_be_read(gone, alice, signed_in):
    PrivateDraft.objects.create(
        member=alice, edition=source(gone), paragraph=first(gone), text="never saved", base_revision=1,
        saved_at=gone.begun_at,
    )  # fmt: skip
    page = signed_in(alice).get(gone.get_absolute_url()).content.decode()
    assert "This story was withdrawn on 18 December 2023" in page
    assert making.TITLES["ko"] in page and making.TITLES["en"] in page
    assert "<textarea" not in page and "{money:" not in page and "never saved" in page
    versions = signed_in(alice).get(reverse("stories:versions", args=[gone.pk])).content.decode()
    assert 'name="name"' not in versions
    one = signed_in(alice).get(reverse("stories:version", args=[gone.pk, gone.version.pk])).content.decode()
    assert "Restore this version" not in one


def test_a_translator_reads_it_too(gone, tariq, signed_in):
    page = signed_in(tariq).get(reverse("translation:story", args=[gone.pk])).content.decode()
    assert "This story was withdrawn" in page and "<textarea" not in page


def test_the_review_and_the_release_page_say_that_it_is_over(gone, alice, signed_in):
    said = signed_in(alice).get(reverse("review:story", args=[gone.pk])).content.decode()
    assert "This will be a withdrawal" not in said and "already with the readers" not in said
    assert "Withdrawn on 18 December 2023" in said and "/keep/" not in said
    page = signed_in(alice).get(reverse("releases:story", args=[gone.pk])).content.decode()
    assert "Readers have exactly this text" not in page and "A tombstone stands in its place" in page


def test_a_version_is_kept_of_what_was_withdrawn(gone):
    newest = Version.objects.filter(story=gone).first()
    assert newest.name == "Withdrawn" and newest.content == content_of(gone)


def test_the_note_of_a_withdrawal_reaches_readers_in_both_languages(gone):
    from nightdesk.desk.releases import files

    assert files.press().ok
    for lang, words in REASONS.items():
        for name in (f"{gone.slug}/index.html", "corrections/index.html", "feed.xml", "rss.xml", "feed.json"):
            assert words in (files.site_dir() / lang / name).read_text("utf-8"), (lang, name)
    assert Paragraph.objects.filter(edition__story=gone).exists()
