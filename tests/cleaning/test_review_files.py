"""`nightdesk review --files`: what mat2 finds in a story's files becomes findings, and what nobody can read stays closed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests import samples

from nightdesk.cleaning import mat2 as program
from nightdesk.cli.review import command

STORY = {
    "id": "t1", "title": "", "country": "KP", "release_on": "2023-12-18",
    "editions": {"en": [{"id": "p1", "text": "A notice was posted.", "claims": []}]},
}  # fmt: skip


def reviewed(folder: Path, *names: str) -> list[dict[str, Any]]:
    """Findings about files."""
    story = folder.parent / "story.json"
    story.write_text(json.dumps({**STORY, "files": [{"name": name, "credit": ""} for name in names]}))
    done = CliRunner().invoke(command, ["--files", str(folder), str(story)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return [found for found in json.loads(done.output)["findings"] if found["class"] == "photo or file"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    (made / "letter.docx").write_bytes(samples.docx())
    (made / "bare.mp3").write_bytes(samples.mp3(tagged=False))
    (made / "page.pdf").write_bytes(b"<!doctype html>")
    (tmp_path / "outside.pdf").write_bytes(samples.pdf())
    (made / "link.pdf").symlink_to(tmp_path / "outside.pdf")
    return made


@pytest.mark.usefixtures("mat2")
def test_the_author_and_revision_of_a_letter_are_a_finding(folder: Path) -> None:
    [found] = reviewed(folder, "letter.docx")
    assert found["severity"] == "amber"
    assert {"dc:creator", "cp:revision", "cp:lastModifiedBy"} <= set(found["values"]["fields"])
    assert samples.CANARY not in json.dumps(found)


@pytest.mark.usefixtures("mat2")
def test_a_bare_recording_is_no_finding_and_a_page_called_pdf_stays_closed(folder: Path) -> None:
    [found] = reviewed(folder, "bare.mp3", "page.pdf")
    assert found["severity"] == "red" and "page.pdf" in found["why"] and "stays closed" in found["why"]


@pytest.mark.parametrize("name", ["../outside.pdf", "link.pdf", "none.pdf", "/etc/passwd", "."])
def test_no_file_of_another_place_is_opened(folder: Path, name: str) -> None:
    [found] = reviewed(folder, name)
    assert found["severity"] == "red" and "no such file" in found["why"]


def test_without_mat2_every_file_stays_closed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(program, "MAT2", tmp_path / "none")
    assert [found["severity"] for found in reviewed(folder, "letter.docx", "bare.mp3")] == ["red", "red"]


def test_files_are_no_option_of_the_filter(folder: Path) -> None:
    assert CliRunner().invoke(command, ["--spans", "--files", str(folder)]).exit_code == 2
