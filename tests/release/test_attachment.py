"""A public file is one of a few kinds, known by its bytes, and holds nothing about itself."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests import samples

from nightdesk.release.attachment import (
    MAX_ATTACHMENT_BYTES,
    check_attachment,
    check_bare,
    file_name,
    is_recording,
    kind_of,
)
from nightdesk.release.barepdf import MOST_UNPACKED
from nightdesk.release.codec import from_bytes, to_bytes
from nightdesk.release.model import Attachment, Release, ReleaseError

VECTORS = Path(__file__).parents[2] / "docs" / "formats" / "vectors"

# As mat2 0.13.3 writes one, cut to its bones.
PDF = (
    b"%PDF-1.5\n%\xb5\xed\xae\xfb\n4 0 obj\n<< /Length 5 0 R\n   /Filter /FlateDecode\n>>\nstream\n"
    + (PLACING := zlib.compress(b"1 0 0 -1 0 842 cm\nq\n/a0 gs /x6 Do\nQ\n")) + b"\nendstream\nendobj\n"
    b"6 0 obj\n<< /Length 9 0 R\n   /Filter /FlateDecode\n   /Type /XObject\n   /Subtype /Image\n   /Width 9\n   /Height 4\n"
    b"   /ColorSpace /DeviceGray\n   /BitsPerComponent 1\n>>\nstream\n" + (PIXELS := zlib.compress(bytes(8))) + b"\nendstream\nendobj\n"
    b"2 0 obj\n<< /Type /Page % 1\n   /Parent 1 0 R\n /MediaBox [ 0 0 595.5 842 ]\n /Resources << /XObject << /x6 6 0 R >> >>"
    b"\n>>\nendobj\n26 0 obj\n << >>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 28\n /Root 27 0 R\n /Info 26 0 R"
    b"\n>>\nstartxref\n30047\n%%EOF\n"
)  # fmt: skip
MP3, FLAC, OGG = samples.mp3(tagged=False), samples.flac(()), samples.opus(())


def office(members: Mapping[str, str | bytes], **about: object) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in members.items():
            one = zipfile.ZipInfo(name)
            for key, value in about.items():
                setattr(one, key, value)
            made.writestr(one, text)
    return out.getvalue()


def hidden_between(data: bytes) -> bytes:
    """Bytes behind the last member, before the list of them; the list's place is put right."""
    at = data.index(b"PK\1\2")
    (start,) = struct.unpack("<I", data[-6:-2])
    assert start == at
    return data[:at] + b"Kwon" + data[at:-6] + struct.pack("<I", at + 4) + data[-2:]


def long_tags() -> bytes:
    """An Ogg whose comments, empty at first, go on over the next page."""
    head, tags, sound = (b"OggS" + part for part in OGG.split(b"OggS")[1:])
    packet = tags[28:] + bytes(255 * 255)
    first = tags[:26] + b"\xff" * 256 + packet[: 255 * 255]
    return head + first + sound[:5] + b"\1" + sound[6:26] + b"\x01\x04Kwon" + sound


LETTER = {
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": '<w:document xmlns:w="urn:w"><w:t>Notice 7</w:t></w:document>',
}
OPEN = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
LINK = '<a xmlns:x="http://www.w3.org/1999/xlink"><{tag} x:href="https://tracker.example/"/></a>'
RELS = '<R><r TargetMode="External" Type="http://x/{kind}" Target="https://tracker.example/"/></R>'


@pytest.mark.parametrize("data", [PDF, MP3, FLAC, OGG, office(LETTER), office(OPEN)])
def test_a_bare_file_says_its_kind(data: bytes) -> None:
    assert check_bare(data) == kind_of(data) != ""


def test_recordings_are_known_from_documents() -> None:
    assert [is_recording(kind_of(data)) for data in (MP3, OGG, FLAC, PDF, office(OPEN))] == [True] * 3 + [
        False
    ] * 2


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"<svg/>", b"<html>", b"MZ", b"PK\3\4", b"\x7fELF", b"GIF89a", b"\xff\xd8\xff\xe0", b"RIFF0000WAVE",
     samples.zipped({"a.exe": b"MZ"}), office({"mimetype": "application/zip"}), b"OggS" + bytes(24) + b"fishead\0"],
)  # fmt: skip
def test_whatever_is_not_on_the_list_has_no_kind(data: bytes) -> None:
    assert kind_of(data) == ""
    with pytest.raises(ReleaseError):
        check_bare(data)


@pytest.mark.parametrize(
    "planted",
    [b"/Author (Kwon)", b"/JavaScript", b"/EmbeddedFile", b"(words)", b"<4b776f6e>", b"% Kwon", b"/AA", b"/URI", b"/ID", b"Kwon"],
)  # fmt: skip
def test_a_pdf_with_a_word_that_pictures_do_not_need_is_refused(planted: bytes) -> None:
    with pytest.raises(ReleaseError, match="more than pictures"):
        check_bare(PDF.replace(b" << >>\n", b" << " + planted + b" >>\n"))
    with pytest.raises(ReleaseError, match="more than pictures"):
        check_bare(PDF + planted)


@pytest.mark.parametrize("planted", [b"/Producer (cairo)", b"/Author (Kwon)"])
def test_what_is_packed_into_a_pdf_s_objects_is_looked_at_too(planted: bytes) -> None:
    def with_objects(body: bytes) -> bytes:
        head = b"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n"
        return PDF.replace(b"26 0 obj", head + zlib.compress(body) + b"\nendstream\nendobj\n26 0 obj")

    assert check_bare(with_objects(b"1 0 << /Type /Catalog >>")) == "application/pdf"
    with pytest.raises(ReleaseError, match="more than pictures"):
        check_bare(with_objects(b"1 0 << " + planted + b" >>"))


@pytest.mark.parametrize(
    ("whole", "other"),
    [
        (PIXELS, PIXELS + b"PK Kwon"),
        (PIXELS, zlib.compress(bytes(8) + b"Kwon")),
        (PIXELS, zlib.compress(bytes(7))),
        (PIXELS, PIXELS[:-1]),
        (PLACING, PLACING + b"Kwon"),
        (PLACING, zlib.compress(b"q\n% Kwon\nQ\n")),
        (PLACING, zlib.compress(b" " * 99 + b"(Kwon)")),
        (PLACING, zlib.compress(b"BT (Kwon) Tj ET")),
        (PLACING, zlib.compress(b"q\nQ\n" + b" " * MOST_UNPACKED + b"(Kwon)")),
    ],
    ids=["behind", "more pixels", "fewer", "cut", "behind placing", "remark", "spaces", "words", "after much"],
)  # fmt: skip
def test_a_second_file_in_a_stream_of_a_pdf_is_refused(whole: bytes, other: bytes) -> None:
    assert PDF.count(whole) == 1
    with pytest.raises(ReleaseError, match=r"belong to nothing|as large as|more than pictures|damaged"):
        check_bare(PDF.replace(whole, other))


def test_a_picture_of_many_pieces_is_read_to_its_end() -> None:
    pixels = os.urandom(12 * 250_000)
    large = PDF.replace(b"/Width 9", b"/Width 8000000").replace(b"/Height 4", b"/Height 3")
    with pytest.raises(ReleaseError, match="does not say its size"):
        check_bare(large.replace(PIXELS, zlib.compress(pixels)))
    large = large.replace(b"/Width 8000000", b"/Width 800000").replace(b"/Height 3", b"/Height 30")
    assert check_bare(large.replace(PIXELS, zlib.compress(pixels))) == "application/pdf"
    with pytest.raises(ReleaseError, match="as large as"):
        check_bare(large.replace(PIXELS, zlib.compress(pixels[:-1])))


def test_objects_behind_the_most_that_is_unpacked_are_no_way_past() -> None:
    head = b"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n"
    body = zlib.compress(b" " * MOST_UNPACKED + b"1 0 << /Author (Kwon) >>")
    with pytest.raises(ReleaseError, match="belong to nothing"):
        check_bare(PDF.replace(b"26 0 obj", head + body + b"\nendstream\nendobj\n26 0 obj"))


@pytest.mark.parametrize(
    "data",
    [
        PDF.replace(b"FlateDecode", b"Crypt"),
        PDF.replace(b"endstream", b"end"),
        PDF.replace(b"-1.5\n", b"-1.5 Kwon\n"),
    ],
    ids=["another packing", "cut", "a word in the head"],
)
def test_a_pdf_that_is_packed_otherwise_is_refused(data: bytes) -> None:
    with pytest.raises(ReleaseError):
        check_bare(data)


@pytest.mark.parametrize(
    "data",
    [
        samples.mp3(), MP3 + b"TAG" + bytes(125), MP3 + b"Kwon", b"ID3\4\0\0\0\0\0\4Kwon" + MP3, samples.flac(),
        FLAC.replace(b"\x84\0\0", b"\x82\0\0"), FLAC[:20], FLAC + b"TAG" + bytes(125), FLAC + b"APETAGEX", samples.opus(),
        OGG + b"Kwon", OGG + samples.opus((), 8), OGG[:40], OGG[:-1],
        OGG + samples.opus(()), long_tags(), FLAC.replace(b"fLaC\0\0\0\x22", b"fLaC\0\0\0\x26").replace(b"\x84\0\0", b"Kwon\x84\0\0"),
        FLAC.replace(b"\x84\0\0", b"\3\0\0\4Kwon\x84\0\0"),
    ],
    ids=["id3", "id3v1", "tail", "tag", "comment", "block", "cut", "flac tail", "ape", "opus tags", "behind", "two", "cut ogg", "short",
         "begun again", "tags over two pages", "long head", "seek table"],
)  # fmt: skip
def test_a_recording_with_more_than_sound_is_refused(data: bytes) -> None:
    with pytest.raises(ReleaseError):
        check_bare(data)


@pytest.mark.parametrize(
    "data",
    [
        office(LETTER, date_time=(2023, 12, 15, 0, 0, 0)),
        office(LETTER, comment=b"Kwon"),
        office(LETTER, extra=struct.pack("<HHI", 0x7875, 4, 1)),
        office({**LETTER, "word/vbaProject.bin": "x"}),
        office({**LETTER, "word/embeddings/a.xml": "<a/>"}),
        office({**LETTER, "../../up.xml": "<a/>"}),
        office({**LETTER, "word/comments.xml": "<a/>"}),
        office({**LETTER, "docProps/core.xml": "<a><b>Kwon</b></a>"}),
        office({**LETTER, "word/_rels/document.xml.rels": RELS.format(kind="image")}),
        office({**LETTER, "word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        office({**LETTER, "word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16-le")}),
        office({**LETTER, "word/a.xml": "<cut"}),
        office({**LETTER, "word/a.xml": '<a xmlns:w="urn:w" w:rsidR="00AB"/>'}),
        office({**LETTER, "word/a.xml": "<a><instrText>DDEAUTO c:\\\\a</instrText></a>"}),
        office({**LETTER, "word/a.xml": '<a xmlns:w="urn:w" w:instr="INCLUDEPICTURE https://tracker.example/"/>'}),
        office({**OPEN, "content.xml": LINK.format(tag="image")}),
        office({**OPEN, "content.xml": "<a><script/></a>"}),
        office({**OPEN, "Basic/a.xml": "<a/>"}),
        office(LETTER)[:-4],
        office(LETTER) + b"Kwon",
        b"Kwon" + office(LETTER),
        hidden_between(office(LETTER)),
    ],
    ids=["day", "comment", "extra", "macro", "object", "up", "comments", "author", "fetched", "entity", "in another coding", "cut", "rsid",
         "dde", "simple field", "picture", "script", "basic", "short", "behind", "before", "between"],
)  # fmt: skip
def test_a_document_with_more_than_its_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReleaseError):
        check_bare(data)


WORD = '<w:p xmlns:w="urn:w" xmlns:wp="urn:wp">{}</w:p>'
ODF = (
    '<a xmlns:o="urn:o" xmlns:t="urn:t" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:x="http://www.w3.org/1999/xlink">{}</a>'
)


@pytest.mark.parametrize(
    ("name", "part", "why"),
    [
        ("header1.xml", WORD.format('<w:ins w:author="Kwon"/>'), "changes"),
        ("footnotes.xml", WORD.format("<w:del><w:delText>Kwon</w:delText></w:del>"), "changes"),
        ("document2.xml", WORD.format("<w:moveFrom>Kwon</w:moveFrom>"), "changes"),
        ("document2.xml", WORD.format('<w:rPrChange w:author="Kwon"/>'), "changes"),
        ("settings.xml", WORD.format('<w:docVar w:name="a" w:val="Kwon"/>'), "who wrote"),
        ("header1.xml", WORD.format('<wp:docPr descr="C:\\Users\\Kwon\\a.jpg"/>'), "folder"),
        ("header1.xml", WORD.format('<wp:docPr descr="/home/kwon/a.jpg"/>'), "folder"),
        ("a.xml", "<b><definedName>'\\\\server\\Kwon\\[a.xlsx]S'!A1</definedName></b>", "folder"),
        ("a.xml", '<b><fileSharing userName="Kwon"/></b>', "changes"),
        ("a.xml", "<b><instrText>INCLUDE</instrText><instrText>TEXT a</instrText></b>", "field"),
        ("a.xml", '<b><fldSimple instr="INCLUDEPICTURE a"/></b>', "field"),
        ("a.xml", '<b formula="of:=WEBSERVICE(A1)"/>', "field"),
        ("a.xml", '<b><f>_xlfn.IMAGE("https://tracker.example/")</f></b>', "field"),
        ("a.vml", '<b><imagedata src="https://tracker.example/"/></b>', "fetches"),
        ("a.xml", "<b><!-- Kwon --></b>", "hide"),
        ("a.xml", "<b><?Kwon?></b>", "hide"),
        ("a.xml", "<?xml version='1.0' encoding='cp037'?><b/>", "hide"),
        ("a.xml", ODF.format("<o:annotation><t:p>no</t:p></o:annotation>"), "comments"),
        ("a.xml", ODF.format("<t:tracked-changes/>"), "changes"),
        ("a.xml", ODF.format("<dc:creator>Kwon</dc:creator>"), "who wrote"),
        ("a.xml", ODF.format("<t:author-name>Kwon</t:author-name>"), "who wrote"),
        ("settings.xml", ODF.format('<o:item o:name="PrinterName">Kwon</o:item>'), "who wrote"),
        ("manifest.rdf", ODF.format("<b>Kwon</b>"), "who wrote"),
        ("a.xml", ODF.format('<t:a x:href="file:///home/kwon/a"/>'), "leads to a file"),
        ("a.xml", ODF.format('<t:a x:href="../kwon/a.odt"/>'), "leads to a file"),
        ("a.xml", ODF.format('<t:image x:href="../kwon.png"/>'), "fetches"),
        ("a.xml", ODF.format('<t:image x:href="//tracker.example/a.png"/>'), "fetches"),
        ("a.xml", '<b t:paragraph-rsid="00AB" xmlns:t="urn:t"/>', "revision ids"),
    ],
)  # fmt: skip
def test_a_part_that_names_somebody_or_leads_elsewhere_is_refused(name: str, part: str, why: str) -> None:
    with pytest.raises(ReleaseError, match=why):
        check_bare(office({**LETTER, f"word/{name}": part}))


@pytest.mark.parametrize(
    "name",
    ["xl/comments1.xml", "ppt/commentAuthors.xml", "xl/persons/person.xml", "word/commentsExtended.xml", "meta.xml",
     "xl/revisions/userNames.xml", "xl/externalLinks/externalLink1.xml", "xl/connections.xml"],
)  # fmt: skip
def test_a_part_about_people_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(ReleaseError, match="comments"):
        check_bare(office({**LETTER, name: "<a/>"}))


def test_what_ordinary_documents_hold_may_stay() -> None:
    math = '<m:annotation xmlns:m="http://www.w3.org/1998/Math/MathML">a over b</m:annotation>'
    for part in (
        ODF.format('<t:image x:href="Pictures/a.png"/><t:object x:href="./Object 1"/><t:a x:href="#top"/>'),
        ODF.format('<t:a x:href="https://example.org/home/Users/"/><o:item o:name="PrinterName"/>'),
        WORD.format("<w:t>file:///home/kwon and C:\\Users are words of the letter</w:t>"),
        ODF.format(math),
    ):
        assert check_bare(office({**LETTER, "word/a.xml": part}))


def picture_of(kind: str, **about: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, kind, **about)
    return out.getvalue()


def test_a_picture_in_a_document_is_as_bare_as_a_public_photo() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Kwon"
    bare, white = picture_of("PNG"), b"\0\0\0\6bKGD\0\xff\0\xff\0\xff\xa0\xbd\xa7\x93"
    for data in (bare, bare[:33] + white + bare[33:]):
        assert check_bare(office({**LETTER, "word/media/a.png": data}))
    for name, data in (
        ("a.jpg", picture_of("JPEG", exif=exif)), ("a.png", bare + b"Kwon"), ("a.png", b"PK Kwon"),
        ("a.png", bare[:33] + white.replace(b"\xff", b"K") + bare[33:]),
    ):  # fmt: skip
        with pytest.raises(ReleaseError, match="photo"):
            check_bare(office({**LETTER, f"word/media/{name}": data}))


def test_a_link_that_a_reader_clicks_may_stay() -> None:
    assert check_bare(office({**OPEN, "content.xml": LINK.format(tag="a")}))
    assert check_bare(office({**LETTER, "word/_rels/document.xml.rels": RELS.format(kind="hyperlink")}))


def test_a_file_is_the_one_that_was_signed() -> None:
    said = Attachment(sha256(PDF).hexdigest(), "application/pdf", len(PDF), {"en": "Notice 7"})
    check_attachment(said, PDF)
    assert file_name(said) == f"{said.sha256}.pdf"
    for wrong in (
        Attachment("0" * 64, "application/pdf", len(PDF), {}),
        Attachment(said.sha256, "audio/mpeg", len(PDF), {}),
        Attachment(said.sha256, "application/pdf", 1, {}),
    ):
        with pytest.raises(ReleaseError, match=r"\.(pdf|mp3)"):
            check_attachment(wrong, PDF)


def test_a_file_that_is_too_large_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(ReleaseError, match="at most"):
        check_bare(bytes(MAX_ATTACHMENT_BYTES + 1))


def test_a_release_without_an_attachment_keeps_the_bytes_it_had_before(release: Release) -> None:
    assert b"attachment" not in to_bytes(release)
    with pytest.raises(ReleaseError, match="attachment: is left out"):
        from_bytes(to_bytes(release)[:1] + b'"attachment":null,' + to_bytes(release)[1:])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sha256": "../../etc/passwd"}, "attachment.sha256"),
        ({"media_type": "text/html"}, "attachment.media_type"),
        ({"size": 0}, "attachment.size"),
        ({"size": MAX_ATTACHMENT_BYTES + 1}, "attachment.size"),
        ({"title": {}}, "attachment.title"),
        ({"title": {"en": " "}}, "attachment.title"),
        ({"title": {"en": "A", "ko": "나"}}, "attachment.title"),
    ],
)
def test_an_attachment_that_breaks_a_rule_is_refused_by_name(
    release: Release, change: dict[str, Any], field: str
) -> None:
    sound = Attachment("0" * 64, "application/pdf", 9, {"en": "Notice 7"})
    assert from_bytes(to_bytes(replace(release, attachment=sound))).attachment == sound
    with pytest.raises(ReleaseError, match=field):
        to_bytes(replace(release, attachment=replace(sound, **change)))


def test_the_vector_s_file_is_the_one_it_names() -> None:
    said = from_bytes((VECTORS / "release-attachment-1.json").read_bytes()).attachment
    assert said is not None
    check_attachment(said, (VECTORS / "release-attachment-1.mp3").read_bytes())
