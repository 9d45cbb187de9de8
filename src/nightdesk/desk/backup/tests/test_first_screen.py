"""A paper that has lost its power is said on the first screen, to whoever can do something about it."""

from __future__ import annotations

import pytest

from nightdesk.desk.backup import keys

pytestmark = pytest.mark.django_db
SAID = "The paper shares do not open this desk any more"


@pytest.fixture
def damaged(tmp_path):
    keys.make(tmp_path, keys.desk_secret())
    (tmp_path / "keys" / keys.BACKUP_FILE).write_bytes(b"cut")


def test_a_damaged_file_of_backup_keys_is_said_to_editors(alice, signed_in, damaged) -> None:
    assert SAID in signed_in(alice).get("/").text


def test_a_reporter_is_not_troubled_with_it(bob, signed_in, damaged) -> None:
    assert SAID not in signed_in(bob).get("/").text


def test_whole_files_and_a_desk_without_paper_say_nothing(alice, signed_in, tmp_path) -> None:
    assert SAID not in signed_in(alice).get("/").text
    keys.make(tmp_path, keys.desk_secret())
    assert SAID not in signed_in(alice).get("/").text
