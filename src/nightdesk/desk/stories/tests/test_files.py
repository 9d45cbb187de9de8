"""A document or recording on a story: cleaned by mat2 or closed, who may place it, what happens to two at once."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import samples
from tests.samples import CANARY, lacking

from nightdesk.cleaning import Cleaned, CleaningError, mat2
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError
from nightdesk.desk.stories import cleaning
from nightdesk.desk.stories.models import Attachment
from nightdesk.desk.stories.tests.making import make_story

FORM = {"revision": "0", "title_ko": "7호 공고", "title_en": "Notice 7"}
SOUND = samples.mp3(tagged=False)
installed = pytest.mark.skipif(bool(lacking()), reason=lacking())


@pytest.fixture
def story(alice):
    return make_story(alice, texts=["한 문단."])


@pytest.fixture
def cleaner(monkeypatch):
    """In mat2's place, for what does not hang on it: gives back a silent recording that had named its author."""
    made = []

    def clean(data: bytes) -> Cleaned:
        made.append(data)
        return Cleaned(SOUND + samples.mp3(tagged=False) * (len(made) - 1), "audio/mpeg", ("author",))

    monkeypatch.setattr(cleaning, "clean_file", clean)
    return made


def send(client, story, data: bytes | None = None, **more):
    """The form as a browser sends it; the file is called after somebody, and something else than it is."""
    form = FORM | more
    if data is not None:
        form["file"] = SimpleUploadedFile(f"{CANARY}.html", data, content_type="text/html")
    return client.post(reverse("stories:file", args=[story.pk]), form)


@installed
@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (samples.pdf(), "application/pdf", {"author", "dates"}),
        (samples.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", {"author", "revision", "dates"}),
        (samples.mp3(), "audio/mpeg", {"author", "software", "dates"}),
    ],
    ids=["pdf", "docx", "mp3"],
)  # fmt: skip
def test_a_file_is_placed_cleaned_and_nothing_of_what_it_said_is_kept(
    story, alice, signed_in, tmp_path, data, kind, said
):
    client = signed_in(alice)
    assert send(client, story, data).status_code == 302
    row = Attachment.objects.get(story=story)
    assert row.media_type == kind and row.size == len(bytes(row.file)) and said <= set(row.dropped)
    held = repr(list(Attachment.objects.values())) + repr(list(CustodyEntry.objects.values()))
    assert CANARY not in held and CANARY.encode() not in bytes(row.file)
    page = client.get(story.get_absolute_url()).content.decode()
    assert "author" in page and "Notice 7" in page and CANARY not in page
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and CANARY.encode() in p.read_bytes()]


@installed
@pytest.mark.parametrize(
    "data",
    [b"", b"words", samples.pdf(side=14_400), samples.docx({"word/vbaProject.bin": b"x"}), samples.mp3(tail=b"APETAGEX"), b"%PDF-" + bytes(mat2.LARGEST)],
    ids=["empty", "words", "bomb", "macro", "second tag", "too large"],
)  # fmt: skip
def test_whatever_cannot_be_cleaned_stays_closed_with_a_sentence_and_nothing_is_kept(
    story, alice, signed_in, data
):
    answer = send(signed_in(alice), story, data)
    assert answer.status_code == 400 and not Attachment.objects.exists()
    assert "nothing was kept" in answer.content.decode()


@pytest.mark.parametrize(
    "why", ["no mat2", "no room", "kind", "too large", "too long", "too much", "failed", "left"]
)
def test_each_reason_is_a_sentence_that_says_what_to_do(why):
    refused = cleaning.refusal(CleaningError(why, "dates"))
    assert (
        str(refused).endswith((".", "?"))
        and "nothing was kept" in refused.remedy
        and len(refused.remedy) > 40
    )


def test_without_mat2_the_desk_says_what_to_install_and_takes_no_file(
    story, alice, signed_in, monkeypatch, tmp_path
):
    monkeypatch.setattr(mat2, "MAT2", tmp_path / "none")
    client = signed_in(alice)
    page = client.get(story.get_absolute_url()).content.decode()
    assert "apt-get install mat2 bubblewrap" in page and 'name="file"' not in page
    answer = send(client, story, samples.pdf())
    assert answer.status_code == 400 and "mat2 is not installed" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_the_screen_s_own_form_places_and_the_title_changes_without_another_file(
    story, alice, signed_in, cleaner
):
    client = signed_in(alice)
    assert send(client, story, b"x").status_code == 302
    assert send(client, story, revision="1", title_en="Another").status_code == 302
    row = Attachment.objects.get()
    assert (row.revision, row.title["en"], bytes(row.file), len(cleaner)) == (2, "Another", SOUND, 1)
    send(client, story, b"x", revision="2")
    assert bytes(Attachment.objects.get().file) != SOUND


def test_the_bytes_are_for_saving_and_the_page_names_what_was_left_out_in_korean(
    story, alice, signed_in, cleaner
):
    client = signed_in(alice)
    send(client, story, b"x")
    answer = client.get(reverse("stories:file_get", args=[story.pk]))
    assert answer.content == SOUND and answer["Content-Type"] == "audio/mpeg"
    assert (
        answer["Content-Disposition"].startswith("attachment") and CANARY not in answer["Content-Disposition"]
    )
    client.cookies["django_language"] = "ko"
    assert "작성자" in client.get(story.get_absolute_url()).content.decode()


def test_no_file_a_long_title_and_an_absent_row_are_refused(story, alice, signed_in, cleaner):
    client = signed_in(alice)
    assert send(client, story).status_code == 400
    assert send(client, story, b"x", title_ko="가" * 201).status_code == 400
    gone = client.post(reverse("stories:file_remove", args=[story.pk]), {"revision": "0"})
    assert gone.status_code == 400 and not Attachment.objects.exists()


def test_of_two_at_once_the_second_is_told_before_anything_is_cleaned(story, alice, erin, signed_in, cleaner):
    send(signed_in(alice), story, b"x")
    assert send(signed_in(erin), story, b"x").status_code == 409
    assert len(cleaner) == 1 and Attachment.objects.get().placed_by == alice


def test_somebody_who_places_one_meanwhile_wins_over_a_slow_cleaning(story, alice, erin, monkeypatch):
    from nightdesk.desk.stories import attachments

    def clean(_data: bytes) -> Cleaned:
        Attachment.objects.create(
            story=story, file=SOUND, sha256="a" * 64, media_type="audio/mpeg", size=1, placed_by=erin, placed_at=story.begun_at
        )  # fmt: skip
        return Cleaned(SOUND, "audio/mpeg", ())

    monkeypatch.setattr(cleaning, "clean_file", clean)
    with pytest.raises(DeskError, match="meanwhile"):
        attachments.place_attachment(alice, story, b"x", {}, 0)
    assert Attachment.objects.get().placed_by == erin


def test_a_removed_file_leaves_no_bytes(story, alice, signed_in, cleaner):
    client = signed_in(alice)
    send(client, story, b"x")
    client.post(reverse("stories:file_remove", args=[story.pk]), {"revision": "1"})
    assert not Attachment.objects.exists()
    assert client.get(reverse("stories:file_get", args=[story.pk])).status_code == 404
    assert CustodyEntry.objects.filter(note__contains="removed").count() == 1


def test_who_does_not_see_the_story_neither_sees_nor_places_its_file(
    story, alice, charlie, tariq, signed_in, cleaner
):
    send(signed_in(alice), story, b"x")
    for member, code in ((charlie, 404), (tariq, 403)):
        client = signed_in(member)
        assert client.get(reverse("stories:file_get", args=[story.pk])).status_code == code
        assert send(client, story, b"x", revision="1").status_code == code
        removed = client.post(reverse("stories:file_remove", args=[story.pk]), {"revision": "1"})
        assert removed.status_code == code
    assert len(cleaner) == 1 and Attachment.objects.get().revision == 1
