"""The backup key on the desk, and the way back from paper."""

from __future__ import annotations

import pytest

from nightdesk.desk.backup import keys
from nightdesk.desk.keyfiles import NotReady
from nightdesk.seal import recovery

SECRET = b"d" * 32


def test_the_desk_opens_its_backup_key_with_its_secret_alone(tmp_path) -> None:
    made = keys.make(tmp_path, SECRET)
    assert keys.of_desk(tmp_path, SECRET) == made
    with pytest.raises(NotReady):
        keys.of_desk(tmp_path, b"e" * 32)


def test_the_backup_key_gives_the_desk_secret_back(tmp_path) -> None:
    made = keys.make(tmp_path, SECRET)
    assert keys.secret_from(tmp_path, made) == SECRET


def test_shares_of_an_older_key_do_not_open_the_desk(tmp_path) -> None:
    old = keys.make(tmp_path, SECRET)
    keys.make(tmp_path, SECRET)
    with pytest.raises(NotReady, match="another backup key"):
        keys.secret_from(tmp_path, old)


def test_a_power_cut_between_the_two_files_mends_itself(tmp_path, monkeypatch) -> None:
    keys.make(tmp_path, SECRET)
    write = keys.write_private
    monkeypatch.setattr(
        keys, "write_private", lambda path, data: path.name == "recovery.json" or write(path, data)
    )
    made = keys.make(tmp_path, SECRET)
    monkeypatch.setattr(keys, "write_private", write)
    assert keys.of_desk(tmp_path, SECRET) == made
    assert keys.secret_from(tmp_path, made) == SECRET


def test_a_renewed_desk_secret_is_opened_by_the_same_paper(tmp_path) -> None:
    made = keys.make(tmp_path, SECRET)
    keys.renew(tmp_path, (b"n" * 32, SECRET), b"n" * 32)
    keys.renew(tmp_path, (b"n" * 32, SECRET), b"n" * 32)  # a power cut, and once more
    assert keys.secret_from(tmp_path, made) == b"n" * 32
    assert keys.of_desk(tmp_path, b"n" * 32) == made


def test_neither_file_shows_key_or_secret(tmp_path) -> None:
    made = keys.make(tmp_path, SECRET)
    held = b"".join(path.read_bytes() for path in (tmp_path / "keys").iterdir())
    assert made not in held and made.hex().encode() not in held and SECRET.hex().encode() not in held
    assert recovery.fingerprint(made).encode() in held


def test_a_changed_file_is_refused(tmp_path) -> None:
    made = keys.make(tmp_path, SECRET)
    path = tmp_path / "keys" / keys.RECOVERY_FILE
    path.write_bytes(path.read_bytes().replace(recovery.fingerprint(made).encode(), b"0" * 16))
    with pytest.raises(NotReady):
        keys.secret_from(tmp_path, made)
