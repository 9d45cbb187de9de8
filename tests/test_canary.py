"""Whatever was typed is on no byte that a killed desk ever wrote."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from tests import forked
from tests.planted import BEGUN, MARK, WITHOUT_WORDS, Planter, unaccounted
from tests.running import CLEAN, OWN, WORDS, new_desk, places, running, told

from nightdesk.demo import canary, rows
from nightdesk.demo.person import Person
from nightdesk.desk.releases import closedfiles

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_desk(tmp_path)


def test_a_field_that_is_new_and_filled_by_nothing_fails() -> None:
    """The test of the test: by name, and by kind; a sealed one and JSON count like text."""
    assert unaccounted({"sources.Contact.new": "words", "sources.Contact.note": f"{MARK}1x"}) == {
        "sources.Contact.new"
    }
    assert unaccounted({"claims.AccountFacts.kept": json.dumps(MARK)}) == set()
    for name in (
        "care.Danger.reason",
        "care.Purge.names",
        "review.Finding.data",
        "stories.Paragraph.text",
    ):
        assert unaccounted({name: ""}) == {name}


def test_whatever_was_typed_is_on_no_byte_of_the_disk_after_a_kill(folder: Path, settings: Any) -> None:
    files = (
        "--passphrase-file",
        folder.parent / "own-words",
        "--desk-passphrase-file",
        folder.parent / "desk-words",
    )
    for name, role in (("Tariq", "translator"), ("Ana", "analyst")):
        assert told("desk", "member", "--dir", folder, name, "--role", role, *files).returncode == 0
    begun = forked.run("-c", BEGUN, folder, WORDS, env={**CLEAN, **places(folder.parent)})
    begun.check_returncode()
    before = rows.fields(folder, WORDS)  # what was put there and is written over on the way counts too
    planters = []
    with running(folder) as desk:
        for name in ("Bob", "Alice", "Tariq", "Ana"):
            planters.append(Planter(Person(desk.address, name, OWN), len(planters)))
            planters[-1].walk()
            planters[-1].person.leaves()
        os.killpg(desk.keeper.pid, signal.SIGKILL)
        log = desk.said + "".join(desk.keeper.communicate())
    (folder.parent / "log").write_text(log)
    settings.NIGHTDESK_DIR = folder
    typed = [word for planter in planters for word in planter.words]
    written = [*canary.files(folder.parent, closedfiles._room())]
    assert not [*(folder.parent / "spill").iterdir()]
    assert any(path.name == "desk.sqlite3-wal" and path.stat().st_size for path in written)
    assert canary.hits([*typed, *begun.stdout.split()], written) == []
    after = rows.fields(folder, WORDS)
    found = {name: before[name] + after[name] for name in after}
    assert unaccounted(found) == set(), "let the journey fill it, or say in WITHOUT_WORDS why not"
    listed = {name for names in WITHOUT_WORDS.values() for name in names.split()}
    assert listed <= set(found), "no such field any more"
    kept = " ".join(found.values())
    assert len(typed) > 150 and sum(word in kept for word in typed) > 30  # so the search is not blind
