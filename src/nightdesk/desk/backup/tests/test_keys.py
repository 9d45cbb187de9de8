"""What the desk keeps for its backups, what a leaver's copy of it opens, and the way back from paper."""

from __future__ import annotations

import pytest

from nightdesk.desk.backup import keys
from nightdesk.desk.keyfiles import NotReady
from nightdesk.seal import recovery
from nightdesk.seal.recovery import RECOVERY, WORDS, WrongKey

SECRET, NEW = b"d" * 32, b"n" * 32


def test_the_desk_opens_what_it_holds_with_its_secret_alone(tmp_path) -> None:
    made = keys.make(tmp_path, SECRET)
    assert keys.of_desk(tmp_path, SECRET).public == recovery.public(made)
    with pytest.raises(NotReady, match="--new-key"):
        keys.of_desk(tmp_path, b"e" * 32)


def test_paper_gives_the_desk_secret_back(tmp_path) -> None:
    assert keys.secret_from(tmp_path, keys.make(tmp_path, SECRET)) == SECRET


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
    assert keys.of_desk(tmp_path, SECRET).public == recovery.public(made)
    assert keys.secret_from(tmp_path, made) == SECRET


def test_a_renewed_desk_secret_is_opened_by_the_same_paper(tmp_path) -> None:
    made = keys.make(tmp_path, SECRET)
    before = keys.of_desk(tmp_path, SECRET)
    keys.renew(tmp_path, (NEW, SECRET), NEW)
    keys.renew(tmp_path, (NEW, SECRET), NEW)  # a power cut, and once more
    after = keys.of_desk(tmp_path, NEW)
    assert keys.secret_from(tmp_path, made) == NEW
    assert (after.public, after.desk) == (before.public, before.desk)
    assert after.words != before.words and after.folder != before.folder


def test_what_a_leaver_copied_opens_nothing_that_is_written_after_the_renewal(tmp_path) -> None:
    """Everything of before: both files, the old secret, and all that comes of them, tried on everything new."""
    keys.make(tmp_path, SECRET)
    old = keys.of_desk(tmp_path, SECRET)
    keys.renew(tmp_path, (SECRET,), NEW)
    folder = tmp_path / "keys"
    new = keys.of_desk(tmp_path, NEW)
    words = recovery.for_paper(WORDS, new.public, new.words)
    known = [SECRET, old.words, old.recovery, *(old.public[at : at + 32] for at in range(0, 1216, 32))]
    for secret in known:
        with pytest.raises(WrongKey):
            recovery.by_paper(RECOVERY, secret, (folder / keys.RECOVERY_FILE).read_bytes())
        with pytest.raises(WrongKey):
            recovery.by_paper(WORDS, secret, words)
        with pytest.raises(WrongKey):
            recovery.open_(secret, (folder / keys.BACKUP_FILE).read_bytes())
        assert recovery.passphrase(secret) != recovery.passphrase(new.words)


def test_a_file_for_paper_does_not_open_in_the_place_of_another(tmp_path) -> None:
    made = keys.make(tmp_path, SECRET)
    data = (tmp_path / "keys" / keys.RECOVERY_FILE).read_bytes()
    with pytest.raises(WrongKey):
        recovery.by_paper(WORDS, made, data.replace(b'"recovery"', b'"repository"'))


def test_neither_file_shows_key_or_secret(tmp_path) -> None:
    made = keys.make(tmp_path, SECRET)
    held = b"".join(path.read_bytes() for path in (tmp_path / "keys").iterdir())
    kept = keys.of_desk(tmp_path, SECRET)
    for word in (made, recovery.seed(made), SECRET, kept.words, kept.public):
        assert word not in held and word.hex().encode() not in held
    assert kept.paper.encode() in held
    assert made not in kept.public + kept.words


def test_a_changed_file_is_refused(tmp_path) -> None:
    made = keys.make(tmp_path, SECRET)
    path = tmp_path / "keys" / keys.RECOVERY_FILE
    mark = recovery.fingerprint(recovery.public(made)).encode()
    path.write_bytes(path.read_bytes().replace(mark, b"0" * 16))
    with pytest.raises(NotReady):
        keys.secret_from(tmp_path, made)


def test_a_desk_whose_paper_opens_it_has_no_fault_and_one_without_paper_has_none(tmp_path) -> None:
    assert keys.faults(tmp_path, SECRET) == []
    keys.make(tmp_path, SECRET)
    assert keys.faults(tmp_path, SECRET) == []
    keys.renew(tmp_path, (SECRET,), NEW)
    assert keys.faults(tmp_path, NEW) == []


@pytest.mark.parametrize("name", ["backup.json", "recovery.json"])
@pytest.mark.parametrize("data", [None, b"", b"{}", b"cut"])
def test_a_damaged_file_is_said_with_what_to_do_before_and_after_a_renewal(tmp_path, name, data) -> None:
    keys.make(tmp_path, SECRET)
    path = tmp_path / "keys" / name
    path.unlink() if data is None else path.write_bytes(data)
    [said] = keys.faults(tmp_path, SECRET)
    assert name in said and ("--new-key" in said or "nightdesk backup" in said)
    keys.renew(tmp_path, (SECRET,), NEW)
    assert len(keys.faults(tmp_path, NEW)) == (name == "backup.json"), "the other is written anew"
