"""What the real mat2 makes of documents and recordings, and that whatever is left keeps a file closed."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image
from tests import samples
from tests.samples import CANARY

from nightdesk.cleaning import CleaningError, clean, metadata_of
from nightdesk.cleaning.mat2 import LARGEST
from nightdesk.release.attachment import check_bare

KINDS = {
    "pdf": samples.pdf(), "docx": samples.docx(), "odt": samples.odt(), "mp3": samples.mp3(),
    "flac": samples.flac(), "ogg": samples.opus(),
}  # fmt: skip


def unpacked(data: bytes) -> bytes:
    """Every byte, those of packed members too."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return data + b"".join(found.read(name) + name.encode() for name in found.namelist())


@pytest.mark.usefixtures("mat2")
@pytest.mark.parametrize("kind", KINDS)
def test_what_a_file_says_about_itself_is_named_and_gone(kind: str) -> None:
    data = KINDS[kind]
    assert CANARY.encode() in unpacked(data)
    cleaned = clean(data)
    assert {"author"} <= set(cleaned.dropped) and CANARY not in " ".join(cleaned.dropped)
    assert CANARY.encode() not in unpacked(cleaned.data)
    assert check_bare(cleaned.data) == cleaned.media_type
    assert metadata_of(cleaned.data) == {}


@pytest.mark.usefixtures("mat2")
def test_the_days_revision_and_last_hand_of_a_letter_are_named() -> None:
    assert {"dates", "revision", "last changed by"} <= set(clean(samples.docx()).dropped)


@pytest.mark.usefixtures("mat2")
def test_a_cleaned_file_is_cleaned_again_without_a_word() -> None:
    for data in KINDS.values():
        assert clean(clean(data).data).dropped == ()


@pytest.mark.usefixtures("mat2")
def test_the_words_of_a_pdf_are_pictures_and_its_script_is_gone() -> None:
    cleaned = clean(samples.pdf(extra="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")).data
    assert b"JavaScript" not in cleaned and b"/Font" not in cleaned and b"Notice 7" not in cleaned


@pytest.mark.usefixtures("mat2")
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "kind"),
        (b"<!doctype html><script>alert(1)</script>", "kind"),
        (b"MZ" + bytes(500), "kind"),
        (samples.zipped({"a.exe": b"MZ"}), "kind"),
        (b"%PDF-1.7\n" + b"no document", "failed"),
        (samples.pdf(side=14_400), "failed"),  # a page of 40,000 by 40,000 pixels
        (samples.docx({"word/vbaProject.bin": b"\xd0\xcf"}), "failed"),
        (samples.docx({"word/document.xml": b"<cut"}), "failed"),
        (samples.mp3(tail=b"APETAGEX" + CANARY.encode()), "left"),
        (b"%PDF-" + bytes(LARGEST), "too large"),
    ],
    ids=["empty", "page", "program", "zip", "no pdf", "bomb", "macro", "broken", "second tag", "large"],
)
def test_whatever_cannot_be_cleaned_stays_closed(data: bytes, why: str) -> None:
    with pytest.raises(CleaningError) as closed:
        clean(data)
    assert closed.value.why == why


@pytest.mark.usefixtures("mat2")
def test_a_letter_that_fetches_a_picture_stays_closed() -> None:
    rels = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="https://tracker.example/a.png" TargetMode="External"/></Relationships>'
    )
    with pytest.raises(CleaningError, match="fetches"):
        clean(samples.docx({"word/_rels/document.xml.rels": rels}))


@pytest.mark.usefixtures("mat2")
def test_a_picture_s_metadata_is_shown_and_a_picture_is_not_cleaned_here() -> None:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = CANARY
    Image.new("RGB", (20, 10)).save(out, "JPEG", exif=exif)
    assert CANARY in metadata_of(out.getvalue()).values()
    with pytest.raises(CleaningError, match="kind"):
        clean(out.getvalue())


def pictured() -> bytes:
    exif = Image.Exif()
    exif[0x013B] = CANARY
    out = io.BytesIO()
    Image.new("RGB", (20, 10)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.usefixtures("mat2")
def test_a_picture_in_a_letter_is_cleaned_with_it() -> None:
    """mat2 looks at such a picture in a room of its own, which cannot be made in ours: each had stayed closed."""
    for sample in (
        samples.docx({"word/media/a.jpg": pictured()}),
        samples.odt({"Pictures/a.jpg": pictured()}),
    ):
        cleaned = clean(sample).data
        assert b"JFIF" in unpacked(cleaned) and CANARY.encode() not in unpacked(cleaned)


@pytest.mark.usefixtures("mat2")
def test_what_mat2_leaves_of_people_keeps_a_document_closed() -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    note = (
        f'<o:a xmlns:o="{office}" xmlns:dc="http://purl.org/dc/elements/1.1/"><o:annotation><dc:creator>{CANARY}'
        "</dc:creator></o:annotation></o:a>"
    )
    word = f'<w:document xmlns:w="{samples._W}"><w:p><w:rPrChange w:author="{CANARY}"/></w:p></w:document>'
    for sample in (samples.odt({"content.xml": note}), samples.docx({"word/document.xml": word})):
        with pytest.raises(CleaningError, match="left"):
            clean(sample)
