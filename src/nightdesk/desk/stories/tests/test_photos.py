"""A photo on a story: what is taken, what is left out, who may place it, what happens to two at once."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from io import BytesIO
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from PIL import Image, PngImagePlugin

from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError
from nightdesk.desk.stories import pictures
from nightdesk.desk.stories.models import Photo
from nightdesk.desk.stories.taken import LONGEST, Taken, _fields, _written, of_row, taken_of, words_of
from nightdesk.desk.stories.tests.making import make_story
from nightdesk.values.coordinates import Near

CANARY = "CANARY-7f3a"
HOERYONG = {1: "N", 2: (42.0, 26.0, 18.0), 3: "E", 4: (129.0, 45.0, 2.0)}


def picture(size=(60, 40), mode="RGB") -> Image.Image:
    """Every pixel of it different from its neighbours."""
    image = Image.new(mode, size)
    if mode == "RGB":
        image.putdata([(x * 4 % 256, y * 6 % 256, 90) for y in range(size[1]) for x in range(size[0])])
    return image


def jpeg(size=(60, 40), **more) -> bytes:
    """A JPEG that says who, where, when and with what it was taken, and a comment."""
    exif = Image.Exif()
    exif[0x0110] = f"{CANARY} X100"  # Model
    exif[0x013B] = CANARY  # Artist
    exif[0x0112] = more.pop("orientation", 1)
    exif.get_ifd(0x8769)[0x9003] = more.pop("day", "2023:12:15 07:41:00")  # DateTimeOriginal
    exif.get_ifd(0x8825).update(more.pop("gps", HOERYONG))
    out = BytesIO()
    picture(size).save(out, "JPEG", exif=exif, comment=CANARY.encode(), dpi=(72, 72), xmp=f"<x>{CANARY}</x>".encode(), **more)  # fmt: skip
    return out.getvalue() + CANARY.encode()


def saved(image: Image.Image, kind: str, **more) -> bytes:
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", CANARY)
    words.add_text(f"{CANARY} key", "x")
    return saved(picture(), "PNG", pnginfo=words)


FORM = {
    "credit": "Dana", "licence": "CC BY 4.0", "licence_note": "", "revision": "0",
    "alt_ko": "눈 덮인 강", "alt_en": "A river under snow", "caption_ko": "", "caption_en": "",
}  # fmt: skip


@pytest.fixture
def story(alice):
    return make_story(alice, texts=["한 문단."])


def send(client, story, data: bytes | None = None, **more):
    """The form as a browser sends it; the file is called after somebody."""
    form = FORM | more
    if data is not None:
        form["photo"] = SimpleUploadedFile(f"{CANARY}.gif", data, content_type="text/plain")
    return client.post(reverse("stories:photo", args=[story.pk]), form)


def test_a_photo_is_placed_written_anew_and_shown(story, alice, signed_in):
    client = signed_in(alice)
    assert send(client, story, jpeg()).status_code == 302
    row = Photo.objects.get(story=story)
    assert (row.media_type, row.width, row.height, row.revision) == ("image/jpeg", 60, 40, 1)
    answer = client.get(reverse("stories:photo_image", args=[story.pk]))
    assert answer["Content-Type"] == "image/jpeg" and answer.content == bytes(row.image)
    page = client.get(story.get_absolute_url()).content.decode()
    assert "GPS" in page and "A river under snow" in page and CANARY not in page


def test_nothing_of_what_the_file_said_is_kept_anywhere(story, alice, signed_in, tmp_path):
    send(signed_in(alice), story, jpeg())
    row = Photo.objects.get(story=story)
    assert set(row.dropped) >= {"GPS", "Model", "Artist", "DateTimeOriginal", "comment", "XMP"}
    held = repr(list(Photo.objects.values())) + repr(list(CustodyEntry.objects.values()))
    assert CANARY not in held and b"Exif" not in bytes(row.image) and b"2023:12" not in bytes(row.image)
    with Image.open(BytesIO(bytes(row.image))) as again:
        assert not again.getexif() and set(again.info) == {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
        }
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and CANARY.encode() in p.read_bytes()]


def test_of_where_and_when_no_more_than_a_town_and_a_day_is_kept(story, alice, signed_in):
    client = signed_in(alice)
    send(client, story, jpeg())
    row = Photo.objects.get(story=story)
    assert row.taken == {"near": "hoeryong", "low": 0, "high": 10, "on": "2023-12-15"}
    held = repr(list(Photo.objects.values()))
    assert "07:41" not in held and "129.7" not in held and "42.4" not in held
    page = client.get(story.get_absolute_url()).content.decode()
    assert "0 to 10 km from the middle of Hoeryong, on" in page and "until the release" in page


def test_another_picture_brings_its_own_place_and_words_alone_keep_it(story, alice, signed_in):
    client = signed_in(alice)
    send(client, story, jpeg())
    send(client, story, revision="1", credit="Erin")
    assert Photo.objects.get().taken["near"] == "hoeryong"
    send(client, story, saved(picture(), "PNG"), revision="2")
    assert Photo.objects.get().taken == {}


@pytest.mark.parametrize("gps", [
    {1: "N", 2: (float("nan"), 1.0, 2.0), 3: "E", 4: (129.0, 45.0, 2.0)}, {2: (42.0, 26.0, 18.0)}, {1: b"\x00", 2: b"\xff\xff", 4: 9},
    {1: "N", 2: (420.0, 26.0, 18.0), 3: "E", 4: (129.0, 45.0, 2.0)}, {1: "N", 2: "x" * 5000, 3: "E", 4: "y" * 5000},
    {1: "N", 2: (float("inf"), 0.0, 0.0), 3: "E", 4: (129.0, 0.0, 0.0)}, {1: "N", 2: (10**400, 0, 0), 3: "E", 4: (129, 0, 0)},
])  # fmt: skip
@pytest.mark.parametrize("day", ["0000:00:00 00:00:00", "2023:02:31 01:01:01", "", "yesterday", "9" * 4000])
def test_what_a_camera_writes_as_garbage_is_no_place_and_no_day(gps, day):
    exif = Image.Exif()  # a writer would refuse these; a file may hold them
    exif.get_ifd(0x8769)[0x9003] = day
    exif.get_ifd(0x8825).update(gps)
    assert taken_of(exif) == Taken()


def test_seconds_of_next_to_nothing_are_part_of_an_angle():
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (42.0, 26.0, 1e-5), 3: "E", 4: (129.0, 45.0, 1e-7)})
    assert taken_of(exif).near == ("hoeryong", 0, 10)


@pytest.mark.parametrize("row", [{}, {"near": "nowhere", "low": 0, "high": 10}, {"near": "hoeryong"}, {"on": "31 February"}, {"near": 1, "low": "x", "on": 7}])  # fmt: skip
def test_a_row_that_says_nothing_a_table_knows_is_nothing(row):
    assert of_row(row) == Taken()


def test_a_png_s_texts_are_named_by_known_names_only(story, alice, signed_in):
    send(signed_in(alice), story, png_with_words())
    row = Photo.objects.get(story=story)
    assert row.media_type == "image/png" and set(row.dropped) == {"Author", "text"}
    assert CANARY.encode() not in bytes(row.image)


def test_a_picture_on_its_side_is_turned_before_its_orientation_is_dropped():
    cleaned = pictures.clean(jpeg(orientation=6))
    assert (cleaned.width, cleaned.height) == (40, 60)


def test_a_large_picture_becomes_two_thousand_wide():
    cleaned = pictures.clean(saved(Image.new("RGB", (4000, 1000)), "JPEG"))
    assert (cleaned.width, cleaned.height) == (2000, 500)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (saved(picture(), "WEBP"), "image/jpeg"),
        (saved(Image.new("RGBA", (9, 9), (1, 2, 3, 40)), "WEBP", lossless=True), "image/png"),
        (saved(Image.new("P", (9, 9)), "PNG", transparency=0), "image/png"),
        (saved(Image.new("CMYK", (9, 9)), "JPEG"), "image/jpeg"),
        (saved(Image.new("L", (9, 9)), "JPEG"), "image/jpeg"),
        (saved(Image.new("1", (9, 9)), "PNG"), "image/png"),
        (saved(Image.new("I;16", (9, 9)), "PNG"), "image/png"),
    ],
    ids=["webp", "webp see-through", "palette", "cmyk", "grey", "black and white", "sixteen bits"],
)
def test_every_kind_of_still_picture_becomes_jpeg_or_png(data, kind):
    assert pictures.clean(data).media_type == kind


def moving() -> bytes:
    return saved(picture(), "WEBP", save_all=True, append_images=[picture().rotate(90)], duration=100)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        saved(picture(), "GIF"),
        saved(picture(), "TIFF"),
        saved(picture(), "JPEG")[:-200],
        saved(picture(), "PNG")[:-60],
        saved(picture(), "WEBP")[:-20],
        moving(),
        saved(Image.new("1", (9000, 9000)), "PNG"),
        b"\xff\xd8" + b"0" * (pictures.LARGEST + 1),
    ],
    ids=[
        "empty",
        "words",
        "svg",
        "gif",
        "tiff",
        "cut jpeg",
        "cut png",
        "cut webp",
        "moving",
        "bomb",
        "too large",
    ],
)
def test_whatever_else_comes_is_refused_with_a_sentence_and_nothing_is_kept(story, alice, signed_in, data):
    with pytest.raises(DeskError) as refused:
        pictures.clean(data)
    assert str(refused.value).endswith(".") and refused.value.remedy
    assert send(signed_in(alice), story, data).status_code == 400
    assert not Photo.objects.exists()


@pytest.mark.filterwarnings("ignore:.*:UserWarning:PIL")  # Pillow says aloud what it skips in broken EXIF
def test_no_flipped_byte_crashes_the_desk():
    whole = jpeg()
    for at in range(0, len(whole), 7):
        with suppress(DeskError):
            pictures.clean(whole[:at] + bytes([whole[at] ^ 0xA5]) + whole[at + 1 :])


def test_an_upload_stays_in_memory(settings):
    from nightdesk.desk import listening

    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
    assert pictures.LARGEST < settings.FILE_UPLOAD_MAX_MEMORY_SIZE < listening.LARGEST_REQUEST


@pytest.mark.parametrize(
    "wrong",
    [
        {"credit": ""},
        {"licence": ""},
        {"licence": "agency licence"},
        {"licence": "other"},
        {"alt_ko": "가" * 301},
    ],
)
def test_credit_and_licence_are_wanted(story, alice, signed_in, wrong):
    assert send(signed_in(alice), story, jpeg(), **wrong).status_code == 400
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "note", "said"),
    [("own photo", "x", "own photo"), ("agency licence", "Invented Press", "agency licence: Invented Press"), ("other", "Public domain", "Public domain")],
)  # fmt: skip
def test_the_licence_is_kept_as_it_will_be_printed_and_the_form_knows_it_again(
    story, alice, signed_in, chosen, note, said
):
    client = signed_in(alice)
    send(client, story, jpeg(), licence=chosen, licence_note=note)
    assert Photo.objects.get().licence == said
    assert f'<option value="{chosen}" selected>' in client.get(story.get_absolute_url()).content.decode()


def test_the_words_change_without_another_file_and_another_file_replaces_the_picture(story, alice, signed_in):
    client = signed_in(alice)
    send(client, story, jpeg())
    first = Photo.objects.get()
    send(client, story, revision="1", alt_en="Houses")
    send(client, story, jpeg((50, 30)), revision="2")
    row = Photo.objects.get()
    assert (row.revision, row.width, first.sha256 != row.sha256) == (3, 50, True)
    assert row.alt["en"] == "A river under snow"


def test_the_screen_s_own_form_places_and_then_changes_a_photo(story, alice, signed_in):
    client = signed_in(alice)
    for expected in ("0", "1"):
        page = client.get(story.get_absolute_url()).content.decode()
        form = page[page.index(f'action="{reverse("stories:photo", args=[story.pk])}"') :]
        [said] = re.findall(r'name="revision" value="([^"]*)"', form[: form.index("</form>")])
        assert said == expected
        assert send(client, story, jpeg(), revision=said).status_code == 302


def test_no_file_and_no_photo_is_refused(story, alice, signed_in):
    assert send(signed_in(alice), story).status_code == 400


def test_of_two_at_once_the_second_is_told(story, alice, erin, signed_in):
    send(signed_in(alice), story, jpeg())
    assert send(signed_in(erin), story, jpeg((9, 9))).status_code == 409
    assert Photo.objects.get().width == 60
    answer = signed_in(erin).post(reverse("stories:photo_remove", args=[story.pk]), {"revision": "7"})
    assert answer.status_code == 409 and Photo.objects.exists()


def test_a_removed_photo_leaves_no_bytes(story, alice, signed_in):
    client = signed_in(alice)
    send(client, story, jpeg())
    client.post(reverse("stories:photo_remove", args=[story.pk]), {"revision": "1"})
    assert not Photo.objects.exists()
    assert client.get(reverse("stories:photo_image", args=[story.pk])).status_code == 404
    assert CustodyEntry.objects.filter(note__contains="removed").count() == 1


def test_who_does_not_see_the_story_neither_sees_nor_places_its_photo(
    story, alice, charlie, tariq, signed_in
):
    send(signed_in(alice), story, jpeg())
    for member, code in ((charlie, 404), (tariq, 403)):
        client = signed_in(member)
        assert client.get(reverse("stories:photo_image", args=[story.pk])).status_code == code
        assert send(client, story, jpeg(), revision="1").status_code == code
        assert (
            client.post(reverse("stories:photo_remove", args=[story.pk]), {"revision": "1"}).status_code
            == code
        )
    assert Photo.objects.get().revision == 1


@pytest.mark.parametrize(("taken", "korean"), [
    (Taken(near=Near("hoeryong", 0, 10)), "회령 중심에서 0~10km 떨어진 곳에서"), (Taken(on=date(2023, 12, 15)), "2023년 12월 15일에"),
])  # fmt: skip
def test_either_alone_is_said_in_korean_with_its_particle(taken, korean):
    with override("ko"):
        assert words_of(taken) == korean


def test_a_field_of_a_thousand_numbers_is_looked_at_no_further_than_an_angle_goes():
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = (1.0,) * 1000
    ((_, said),) = _fields(exif)
    with patch("nightdesk.desk.stories.taken._written", side_effect=_written) as asked:
        assert taken_of(exif) == Taken() and len(said) <= LONGEST
    assert asked.call_count <= LONGEST
