"""docs/formats/release.md and its schema say what the code does."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from nightdesk.release import model
from nightdesk.release.attachment import ENDINGS, MAX_ATTACHMENT_BYTES
from nightdesk.release.check import MAX_SIDE, RESERVED_SLUGS
from nightdesk.release.codec import MAX_BYTES, digest, from_bytes, to_bytes
from nightdesk.release.fields import TAGS, declared
from nightdesk.release.model import Release
from nightdesk.release.picture import MAX_PHOTO_BYTES

FORMATS = Path(__file__).parents[2] / "docs" / "formats"
SPECIFICATION = (FORMATS / "release.md").read_text("utf-8")
SCHEMA: dict[str, Any] = json.loads((FORMATS / "release.schema.json").read_text("utf-8"))
NAMED: dict[str, type] = {
    "edition": model.Edition, "paragraph": model.Paragraph, "credit": model.Credit,
    "note": model.CorrectionNote, "act": model.PublicAct, "photo": model.Photo, "attachment": model.Attachment, **TAGS,
}  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_written_fits_the_schema(
    data: st.DataObject, releases: st.SearchStrategy[Release]
) -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(to_bytes(data.draw(releases))))


def test_the_schema_refuses_what_the_reader_refuses(release: Release) -> None:
    document = {**json.loads(to_bytes(release)), "source": "crane"}
    with pytest.raises(ValidationError, match="source"):
        Draft202012Validator(SCHEMA).validate(document)


@pytest.mark.parametrize("name", NAMED)
def test_the_schema_lists_the_fields_of_every_type(name: str) -> None:
    said = SCHEMA["$defs"][name]
    tag = {"type"} if name in TAGS else set()
    assert set(said["properties"]) == set(said["required"]) == set(declared(NAMED[name])) | tag


def test_every_field_of_every_type_is_described() -> None:
    fields = {name for kind in (Release, model.Masthead, *NAMED.values()) for name in declared(kind)}
    described = {word for word in fields if f"`{word}`" in SPECIFICATION or f'"{word}"' in SPECIFICATION}
    assert fields == described


def test_the_numbers_of_the_specification_are_the_code_s() -> None:
    assert "at most 4 MiB" in SPECIFICATION and MAX_BYTES == 4 * 2**20
    assert "more than 32 MiB" in SPECIFICATION and MAX_ATTACHMENT_BYTES == 32 * 2**20
    assert SCHEMA["$defs"]["attachment"]["properties"]["size"]["maximum"] == MAX_ATTACHMENT_BYTES
    assert SCHEMA["$defs"]["attachment"]["properties"]["media_type"]["enum"] == list(ENDINGS)
    assert "more than 16 MiB" in SPECIFICATION and MAX_PHOTO_BYTES == 16 * 2**20
    assert f"pixels, {MAX_SIDE} at most" in SPECIFICATION
    assert all(f"`{slug}`" in SPECIFICATION for slug in RESERVED_SLUGS)


@pytest.mark.parametrize("name", ["release-1", "release-photo-1", "release-attachment-1", "release-words-1"])
def test_the_vectors_read_and_have_their_digests(name: str) -> None:
    vector = FORMATS / "vectors" / f"{name}.json"
    release = from_bytes(vector.read_bytes())
    Draft202012Validator(SCHEMA).validate(json.loads(vector.read_bytes()))
    assert digest(release) == (FORMATS / "vectors" / f"{name}.sha256").read_text().strip()
    assert to_bytes(replace(release)) == vector.read_bytes()
