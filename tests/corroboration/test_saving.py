"""A state goes on as if it had never been put away, and one that is not whole is refused before it is used."""

import io
import json
import os
import pickle
import subprocess
import sys
import textwrap
import zipfile
from importlib.resources import files

import numpy as np
import pytest

from nightdesk.corroboration import Correction, CorroborationError, Desk, load, origins, record, save, saving
from nightdesk.corroboration.saving import SUM

CANARY = "우물가 세 번째 버드나무 밑에서 만나자고 했다"


def desk_of(accounts):
    desk = Desk()
    for account in accounts:
        desk.add(account)
    return desk


def went_on(desk, accounts):
    return [desk.add(a) for a in accounts], list(origins(desk)), desk.merges


@pytest.fixture(scope="module")
def whole(account, tmp_path_factory):
    path = tmp_path_factory.mktemp("state") / "desk.state"
    save(desk_of([account("a"), account("b"), account("c", "무산군에서 상인의 집을 수색했다.")]), path)
    return path.read_bytes()


def refused(path, bytes_):
    path.write_bytes(bytes_)
    with pytest.raises(CorroborationError, match="let the reports be read again") as caught:
        load(path)
    assert path.name in str(caught.value)


def sealed(**parts):
    """A zip of `parts` that ends with its own sum, as the state does."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
        archive.comment = b"0" * SUM
    saving._seal(file)
    return file.getvalue()


@pytest.mark.parametrize("cut", [0, 1, 7, 14, 18])
def test_a_loaded_desk_goes_on_as_one_that_was_never_put_away(sample, tmp_path, cut):
    save(desk_of(sample[:cut]), tmp_path / "s")
    assert went_on(load(tmp_path / "s"), sample[cut:]) == went_on(desk_of(sample[:cut]), sample[cut:])


def test_putting_it_away_after_every_account_changes_nothing(sample, tmp_path):
    desk = Desk()
    verdicts = []
    for a in sample:
        verdicts.append(desk.add(a))
        save(desk, tmp_path / "s")
        desk = load(tmp_path / "s")
    assert verdicts == went_on(Desk(), sample)[0]


def test_the_same_accounts_give_the_same_bytes_also_by_way_of_a_file(sample, tmp_path):
    save(desk_of(sample), tmp_path / "one")
    save(load(tmp_path / "one"), tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_file_cut_short_anywhere_is_refused(whole, tmp_path):
    lengths = {
        0,
        1,
        SUM - 1,
        SUM,
        SUM + 1,
        *range(2, len(whole), 97),
        *range(len(whole) - 2 * SUM, len(whole)),
    }
    for length in sorted(lengths):
        refused(tmp_path / "s", whole[:length])


def test_every_altered_byte_is_refused(whole, tmp_path):
    for at in [*range(0, len(whole), 61), *range(120), *range(len(whole) - 900, len(whole))]:
        changed = bytearray(whole)
        changed[at] ^= 1
        refused(tmp_path / "s", bytes(changed))


def test_bytes_put_behind_or_before_are_refused(whole, tmp_path):
    refused(tmp_path / "s", whole + b"\0")
    refused(tmp_path / "s", b"\0" + whole)


def test_what_another_program_wrote_is_refused(tmp_path):
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    for foreign in (
        other.getvalue(),
        b"SQLite format 3\0" + bytes(4096),
        b"{}\n",
        sealed(),
        sealed(nightdesk="[]"),
    ):
        refused(tmp_path / "s", foreign)


@pytest.mark.parametrize("other", [1, 2, 3, 4, 5, 7])
def test_a_state_of_another_version_names_both_versions_and_what_to_do(tmp_path, other):
    (tmp_path / "s").write_bytes(sealed(nightdesk=json.dumps({"corroboration": other})))
    with pytest.raises(
        CorroborationError, match=rf"version {other}, this program reads 6; use the Nightdesk that wrote it"
    ):
        load(tmp_path / "s")


class Burns:
    """Writes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def test_a_pickle_in_the_arrays_is_refused_and_never_run(whole, tmp_path):
    trap = io.BytesIO()
    np.lib.format.write_array(trap, np.array([Burns(tmp_path / "burnt")], object), allow_pickle=True)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for evil in (trap.getvalue(), pickle.dumps(Burns(tmp_path / "burnt"))):
        refused(tmp_path / "s", sealed(**{**parts, "index/few": evil}))
    assert not (tmp_path / "burnt").exists()


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "s")


def test_a_failure_while_writing_leaves_the_old_state_whole(account, sample, tmp_path, monkeypatch):
    path = tmp_path / "s"
    save(desk_of([account("a")]), path)
    before = path.read_bytes()
    for step in ("_write", "_seal"):
        with monkeypatch.context() as patch:
            patch.setattr(
                saving, step, lambda *args: (_ for _ in ()).throw(OSError("no space left on device"))
            )
            with pytest.raises(OSError, match="no space"):
                save(desk_of(sample), path)
        assert path.read_bytes() == before
    save(desk_of(sample), path)
    assert load(path).ledger.ids() == [a.id for a in sample]


def test_a_process_killed_while_writing_leaves_the_old_state_whole(account, tmp_path):
    """Killed at each write of the system in turn: what stands under the name is the old state or the new one."""
    path = tmp_path / "s"
    save(desk_of([account("a")]), path)
    before = path.read_bytes()
    code = textwrap.dedent("""
        import os, sys
        from datetime import date
        from pathlib import Path
        from nightdesk.corroboration import Account, Desk, save, saving
        desk = Desk()
        desk.add(Account("b", "Agents demanded 20,000 yuan in Hoeryong.", "en", date(2023, 12, 15)))
        step, path = sys.argv[1], Path(sys.argv[2])
        kill = lambda *args: os._exit(9)
        if step == "sum": saving._sum = kill
        if step == "fsync": os.fsync = kill
        if step == "replace": Path.replace = kill
        if step == "folder": saving._keep_name = kill
        save(desk, path)
    """)
    for step in ("sum", "fsync", "replace"):
        assert subprocess.run([sys.executable, "-c", code, step, path], check=False).returncode == 9
        assert path.read_bytes() == before
    subprocess.run([sys.executable, "-c", code, "folder", path], check=False)
    assert load(path).ledger.ids() == ["b"]


def test_the_state_is_on_the_disk_before_it_takes_the_old_ones_place(account, tmp_path, monkeypatch):
    order = []
    kept, replaced = os.fsync, type(tmp_path).replace
    monkeypatch.setattr(os, "fsync", lambda descriptor: (order.append("kept"), kept(descriptor))[1])
    monkeypatch.setattr(
        type(tmp_path), "replace", lambda one, other: (order.append("replaced"), replaced(one, other))[1]
    )
    save(desk_of([account("a")]), tmp_path / "s")
    assert order == ["kept", "replaced", "kept"]


def test_nobody_else_may_read_a_state(account, tmp_path):
    save(desk_of([account("a")]), tmp_path / "s")
    assert (tmp_path / "s").stat().st_mode & 0o777 == 0o600


def test_no_accounts_text_is_in_the_file(account, tmp_path):
    english = "She buried the Kestrel ledger under the third willow, beyond the quarry road."
    save(
        desk_of([account("a", f"{account('x').text} {CANARY}."), account("b", english, lang="en")]),
        tmp_path / "s",
    )
    found = (tmp_path / "s").read_bytes()
    for text in (CANARY, english):
        words = text.split()
        for run in (text, *(" ".join(words[i : i + 2]) for i in range(len(words) - 1))):
            assert run.encode() not in found


def test_nothing_is_left_in_the_file_of_an_account_that_was_dropped(account, tmp_path):
    desk = desk_of([account("a"), account("b", f"{CANARY}. 흥덕리에서 9만 7천 위안.", source="kingfisher")])
    desk.drop("b")
    save(desk, tmp_path / "s")
    found = (tmp_path / "s").read_bytes()
    for trace in ("kingfisher", "97000", "버드", "우물"):
        assert trace.encode() not in found


def test_corrections_are_in_the_state(account, tmp_path):
    desk = Desk([Correction("split", "a", "b", "two brokers")])
    desk.add(account("a"))
    save(desk, tmp_path / "s")
    again = load(tmp_path / "s")
    assert again.corrections.all == [Correction("split", "a", "b", "two brokers")]
    again.add(account("b"))
    assert again.event_of("a") != again.event_of("b")


def test_a_desk_that_forgot_goes_on_alike_after_a_load(account, sample, tmp_path):
    def forgot():
        desk = desk_of(sample[:10])
        desk.drop(sample[1].id)
        return desk

    save(forgot(), tmp_path / "s")
    rest = [*sample[10:], sample[1]]
    assert went_on(load(tmp_path / "s"), rest) == went_on(forgot(), rest)


def test_facts_of_other_rules_are_refused_one_by_one(account, monkeypatch):
    """What the tables of acts and things say may change; facts made by the older ones are made anew."""
    desk = Desk()
    desk.add(account("a"))
    kept = record.pack_whole(desk.newest)
    assert record.unpack_whole(kept) == desk.newest
    monkeypatch.setattr(record, "rules", lambda: "other")
    with pytest.raises(ValueError, match="other rules"):
        record.unpack_whole(kept)


def test_facts_are_kept_with_every_table_they_are_found_with():
    tables = {
        "corroboration/" + path.name.removesuffix(".toml")
        for path in (files("nightdesk.corroboration") / "data").iterdir()
    }
    # Facts stay what they are when these change.
    comparing = {f"corroboration/{name}" for name in ("background", "basis", "sentences", "weights")}
    assert set(record.TABLES) == tables - comparing | {"values/hanja"}
