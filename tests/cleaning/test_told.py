"""What `mat2 --show` prints: an answer nobody knows is no answer, and no name that somebody made up is kept."""

from __future__ import annotations

import pytest

from nightdesk.cleaning.told import fields, kinds, traces

SHOWN = """[+] Metadata for file.docx:
[++] Metadata for docProps/core.xml:
      cp:lastModifiedBy: Kwon: the second
      dc:creator: Kwon Min-seo
      date_time: 2023-12-15 23:04:06
"""


def test_fields_of_every_depth_are_read() -> None:
    assert fields(SHOWN) == [
        ("cp:lastModifiedBy", "Kwon: the second"), ("dc:creator", "Kwon Min-seo"), ("date_time", "2023-12-15 23:04:06"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    ["", "\n", "[-] file.docx's format (None) is not supported", SHOWN + "something else", "Traceback (most recent call last):"],
)  # fmt: skip
def test_whatever_else_is_printed_is_no_answer(said: str) -> None:
    assert fields(said) is None


def test_an_empty_pdf_has_a_format_and_days_that_are_none() -> None:
    bare = "[+] Metadata for file.pdf:\n    creation-date: -1\n    format: PDF-1.5\n    mod-date: -1\n"
    assert fields(bare) == [] and fields("  No metadata found in file.pdf.") == []
    assert fields(bare.replace("mod-date: -1", "mod-date: 1702681446")) == [("mod-date", "1702681446")]
    assert fields(bare.replace("PDF-1.5", "PDF-1.5 by Kwon")) == [("format", "PDF-1.5 by Kwon")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("dc:creator", "author"), ("creator", "software"), ("TPE1", "author"), ("TXXX:Kwon Min-seo", "other field"),
        ("GPSLatitude", "place"), ("rsid", "revision"), ("Kwon Min-seo", "other field"), ("meta:initial-creator", "author"),
    ],
)  # fmt: skip
def test_a_field_is_told_by_what_it_is_about(name: str, kind: str) -> None:
    assert kinds([(name, "x")]) == (kind,)


def test_names_are_looked_for_in_each_coding_and_short_words_or_packers_are_not() -> None:
    looked = traces(
        [("author", "Kwon Min-seo"), ("author", "Kwon"), ("TSSE", "LAME3.100"), ("date", "2023-12-15")]
    )
    assert looked == [b"Kwon Min-seo", "Kwon Min-seo".encode("utf-16-le"), "Kwon Min-seo".encode("utf-16-be")]
