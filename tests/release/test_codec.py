"""The canonical bytes: round trips, refusals, and what can never be written."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nightdesk.release.codec import MAX_BYTES, digest, from_bytes, to_bytes
from nightdesk.release.model import Release, ReleaseError, Text

relaxed = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def changed(release: Release, **fields: Any) -> bytes:
    """The release's bytes with top-level fields set by hand."""
    return canonical({**json.loads(to_bytes(release)), **fields})


def canonical(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@relaxed
@given(data=st.data())
def test_what_is_written_reads_back_and_has_one_byte_form(
    data: st.DataObject, releases: st.SearchStrategy[Release]
) -> None:
    release = data.draw(releases)
    payload = to_bytes(release)
    assert to_bytes(from_bytes(payload)) == payload
    assert normalize("NFC", payload.decode()) == payload.decode()


def test_the_sample_reads_back_equal(release: Release) -> None:
    assert from_bytes(to_bytes(release)) == release


def test_decomposed_hangul_is_written_composed(release: Release) -> None:
    apart = replace(release, slug=release.slug, editions=(replace(release.editions[0], title="회령"),))
    loose = replace(apart, editions=(replace(apart.editions[0], title=normalize("NFD", "회령")),))
    assert to_bytes(loose) == to_bytes(apart)


@relaxed
@given(secret=st.text(min_size=1))
def test_adding_a_private_field_never_changes_a_byte(secret: str, release: Release) -> None:
    @dataclass(frozen=True)
    class LooseRelease(Release):
        source: str = ""
        contact: str = ""

    said = {field.name: getattr(release, field.name) for field in fields(Release)}
    loose = LooseRelease(**said, source=secret, contact=secret)
    assert to_bytes(loose) == to_bytes(release)


@pytest.mark.parametrize("name", ["source", "contact", "report", "relay", "unknown"])
def test_a_document_with_a_private_field_is_refused_by_name(name: str, release: Release) -> None:
    with pytest.raises(ReleaseError, match=name):
        from_bytes(changed(release, **{name: "crane"}))


def test_a_private_field_deep_inside_is_refused_with_its_path(release: Release) -> None:
    document = json.loads(to_bytes(release))
    document["editions"][0]["paragraphs"][0]["runs"][1]["told_by"] = "crane"
    with pytest.raises(ReleaseError, match=r"editions\[0\]\.paragraphs\[0\]\.runs\[1\]\.told_by"):
        from_bytes(canonical(document))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("story", 7), ("story", "../../etc"), ("slug", "Not A Slug"), ("slug", "corrections"),
        ("version", "1"), ("version", True), ("version", 0), ("kind", "retraction"), ("kind", "correction"),
        ("released_on", "18 December"), ("released_on", "2023-02-30"), ("first_released_on", "2024-01-01"),
        ("masthead", None), ("editions", {}), ("editions", []), ("acts", "none"), ("notes", [1]),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_the_field_s_name(field: str, value: Any, release: Release) -> None:
    with pytest.raises(ReleaseError, match=field):
        from_bytes(changed(release, **{field: value}))


def test_a_missing_field_is_named(release: Release) -> None:
    document = json.loads(to_bytes(release))
    del document["notes"]
    with pytest.raises(ReleaseError, match="notes"):
        from_bytes(canonical(document))


@pytest.mark.parametrize("version", [0, 2, "1", None, True])
def test_an_unknown_version_is_refused(version: Any, release: Release) -> None:
    with pytest.raises(ReleaseError, match="nightdesk-release"):
        from_bytes(changed(release, **{"nightdesk-release": version}))


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"[]", b"{", b"null", b"[" * 100_000, b'{"nightdesk-release":' + b"1" * 9000 + b"}"],
)
def test_bytes_that_are_no_release_are_refused(data: bytes) -> None:
    with pytest.raises(ReleaseError):
        from_bytes(data)


def test_an_enormous_document_is_refused_unread() -> None:
    with pytest.raises(ReleaseError, match="at most"):
        from_bytes(b" " * (MAX_BYTES + 1))


def test_a_field_given_twice_is_refused(release: Release) -> None:
    twice = to_bytes(release).replace(b'"kind":"release"', b'"kind":"release","kind":"withdrawal"')
    with pytest.raises(ReleaseError, match="kind"):
        from_bytes(twice)


def test_another_spelling_of_the_same_release_is_refused(release: Release) -> None:
    with pytest.raises(ReleaseError, match="canonical"):
        from_bytes(to_bytes(release) + b"\n")


@pytest.mark.parametrize("number", [b"20000.5", b"20000", b"NaN", b"Infinity"])
def test_a_sum_as_a_number_is_refused(number: bytes, release: Release) -> None:
    with pytest.raises(ReleaseError):
        from_bytes(to_bytes(release).replace(b'"amount":"20000"', b'"amount":' + number))


def test_a_sum_that_is_no_number_cannot_be_written(release: Release) -> None:
    with pytest.raises(ReleaseError, match="amount"):
        to_bytes(replace(release, acts=(replace(release.acts[0], amount=Decimal("NaN")),)))


def test_a_minute_cannot_pass_for_a_day(release: Release) -> None:
    with pytest.raises(ReleaseError, match="released_on"):
        to_bytes(replace(release, released_on=datetime(2023, 12, 18, 4, 5)))  # noqa: DTZ001 - the mistake itself


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\ud800", "\ufffe"])
def test_control_characters_are_refused(bad: str, release: Release) -> None:
    edition = replace(release.editions[0], title=f"a{bad}")
    with pytest.raises(ReleaseError, match="title"):
        to_bytes(replace(release, editions=(edition,)))


def test_a_withdrawal_carries_no_story_and_no_act(release: Release) -> None:
    with pytest.raises(ReleaseError, match="editions"):
        to_bytes(replace(release, version=2, kind="withdrawal"))
    bare = replace(release, version=2, kind="withdrawal", editions=(), acts=())
    assert from_bytes(to_bytes(bare)) == bare


def test_a_correction_without_a_note_is_refused(release: Release) -> None:
    with pytest.raises(ReleaseError, match="notes"):
        to_bytes(replace(release, version=2, kind="correction"))


def test_any_change_of_words_changes_the_digest(release: Release) -> None:
    paragraph = replace(release.editions[0].paragraphs[0], runs=(Text("Other words."),))
    edition = replace(release.editions[0], paragraphs=(paragraph,))
    assert digest(release) != digest(replace(release, editions=(edition,)))
    assert len(digest(release)) == 64
