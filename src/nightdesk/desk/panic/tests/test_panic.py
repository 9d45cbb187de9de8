"""Locking asks nothing, destroying asks twice, and neither is stopped by what fails on the way."""

from __future__ import annotations

import os
import threading
from contextlib import suppress

import pytest
from django.db import OperationalError

from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.panic import actions, files
from nightdesk.desk.staff.models import SignedIn


@pytest.fixture
def locked(monkeypatch):
    """How often the process would have ended."""
    ended: list[int] = []
    monkeypatch.setattr(actions.locking, "lock", lambda: ended.append(1))
    return ended


@pytest.fixture
def keys_dir(settings):
    folder = settings.NIGHTDESK_DIR / "keys"
    folder.mkdir()
    (folder / files.SLOTS).write_bytes(b"sealed slots")
    (folder / files.RECOVERY).write_bytes(b"sealed recovery")
    return folder


def test_the_button_locks_without_a_question_and_ends_every_session(
    alice, bob, charlie, signed_in, locked
) -> None:
    others = signed_in(bob)
    answer = signed_in(charlie).post("/panic/lock/")
    assert locked == [1] and answer.url.startswith("/sign-in/")
    assert SignedIn.objects.count() == 0
    assert others.get("/").url.startswith("/sign-in/")


def test_what_the_browser_kept_is_asked_back(bob, signed_in, locked) -> None:
    assert signed_in(bob).post("/panic/lock/")["Clear-Site-Data"] == '"cache", "storage"'


def test_the_log_says_who_locked(bob, signed_in, locked) -> None:
    signed_in(bob).post("/panic/lock/")
    assert CustodyEntry.objects.get(verb="lock").member == bob


def test_a_busy_database_does_not_hold_the_lock_up(bob, signed_in, locked, monkeypatch) -> None:
    def busy(*args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions, "record", busy)
    signed_in(bob).post("/panic/lock/")
    assert locked == [1]


def test_whatever_fails_the_process_ends(bob, signed_in, locked, monkeypatch) -> None:
    monkeypatch.setattr(actions, "_write_down", lambda *given: 1 / 0)
    client = signed_in(bob)
    client.raise_request_exception = False
    client.post("/panic/lock/")
    assert locked == [1]


def test_the_process_is_told_to_end_before_anything_is_written(bob, locked, monkeypatch) -> None:
    monkeypatch.setattr(actions, "_write_down", lambda *given: locked.append("written"))
    actions.lock(bob)
    assert locked == [1, "written"]


def test_a_desk_whose_keys_were_destroyed_makes_no_new_file_of_them(bob, keys_dir, settings) -> None:
    from nightdesk.desk import slots, vault

    files.destroy(settings.NIGHTDESK_DIR)
    with pytest.raises(vault.Locked, match="destroyed"):
        slots.add("Bob", "words nobody guesses")
    assert not (keys_dir / files.SLOTS).exists()


class Writer:
    """A change of the slots stopped at its write: it has read that nothing was destroyed. `ends` with its process."""

    def __init__(self, monkeypatch, ends: bool) -> None:
        from nightdesk.desk import slots

        self.reached, self.go, self.ends = threading.Event(), threading.Event(), ends
        monkeypatch.setattr(slots, "write_private", self._write)
        self.thread = threading.Thread(target=self._change)

    def _change(self) -> None:
        from nightdesk.desk import slots

        with suppress(Ended):
            slots._changed(lambda there: there)

    def _write(self, path, data: bytes) -> None:
        self.reached.set()
        self.go.wait(20)
        files.write_private(path, data)
        if self.ends:
            raise Ended  # before it could look whether the keys were destroyed meanwhile


class Ended(Exception):
    """The process of the writer is gone."""


@pytest.fixture
def slots_dir(keys_dir, settings):
    from nightdesk.seal import slotfile
    from nightdesk.seal import slots as sealed

    (keys_dir / files.SLOTS).write_bytes(slotfile.write(sealed.new(bytes(32), os.urandom, 8192)))
    return keys_dir


@pytest.mark.parametrize("ends", [True, False])
def test_a_passphrase_changed_at_the_same_instant_does_not_bring_the_keys_back(
    slots_dir, settings, monkeypatch, ends
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 20.0)
    writer = Writer(monkeypatch, ends)
    panic = threading.Thread(target=files.destroy, args=(settings.NIGHTDESK_DIR,))
    writer.thread.start()
    assert writer.reached.wait(20)
    panic.start()
    panic.join(0.3)
    assert panic.is_alive(), "it waits for the change in hand"
    writer.go.set()
    for thread in (writer.thread, panic):
        thread.join(20)
    assert sorted(path.name for path in slots_dir.iterdir()) == ["destroyed", "recovery.json", "slots.lock"]


def test_a_change_that_hangs_does_not_save_the_keys(slots_dir, settings, monkeypatch) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.1)
    writer = Writer(monkeypatch, ends=False)
    writer.thread.start()
    assert writer.reached.wait(20)
    files.destroy(settings.NIGHTDESK_DIR)
    assert not (slots_dir / files.SLOTS).exists()
    writer.go.set()  # and when it goes on after all, it finds the mark
    writer.thread.join(20)
    assert not (slots_dir / files.SLOTS).exists()


def test_a_stranger_and_a_foreign_form_lock_nothing(bob, signed_in, client, locked) -> None:
    from django.test import Client

    assert client.post("/panic/lock/").url.startswith("/sign-in/")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bob)
    assert strict.post("/panic/lock/").status_code == 403
    assert signed_in(bob).get("/panic/lock/").status_code == 405
    assert locked == []


def test_keys_are_destroyed_only_when_the_word_was_typed(bob, signed_in, locked, keys_dir) -> None:
    client = signed_in(bob)
    assert client.post("/panic/destroy/", {"word": "yes"}).status_code == 400
    assert (keys_dir / files.SLOTS).exists() and locked == []
    client.post("/panic/destroy/", {"word": " Destroy "})
    assert not (keys_dir / files.SLOTS).exists() and locked == [1]
    assert (keys_dir / files.RECOVERY).exists(), "the paper shares open this one"
    assert CustodyEntry.objects.get(verb="destroy keys").member == bob


@pytest.mark.parametrize(("lang", "word", "said"), [
    ("en", "destroy", "nothing was destroyed and the desk is open"), ("ko", "파기", "아무것도 없애지 않았으며, 데스크는 아직 열려 있습니다"),
])  # fmt: skip
def test_a_mistyped_word_stands_in_its_field_on_the_same_page(
    bob, signed_in, locked, keys_dir, lang, word, said
) -> None:
    page = signed_in(bob).post("/panic/destroy/", {"word": "destory <b>"}, headers={"accept-language": lang})
    text = page.content.decode()
    assert page.status_code == 400 and locked == [] and (keys_dir / files.SLOTS).exists()
    assert said in text and f"“{word}”" in text and 'value="destory &lt;b&gt;"' in text
    assert (
        'action="/panic/destroy/"' in text
        and 'action="/panic/lock/"' in text
        and 'data-again="/panic/"' in text
    )
    assert text.count("autofocus") == 1


def test_destroyed_slots_are_overwritten_before_they_are_unlinked(keys_dir, tmp_path) -> None:
    os.link(keys_dir / files.SLOTS, tmp_path / "same-inode")
    files.destroy(tmp_path)
    assert (tmp_path / "same-inode").read_bytes() == bytes(len(b"sealed slots"))


def test_a_desk_without_paper_asks_for_more_than_a_word(bob, signed_in, locked, keys_dir) -> None:
    (keys_dir / files.RECOVERY).unlink()
    client = signed_in(bob)
    assert "destroy for ever" in client.get("/panic/").content.decode()
    client.post("/panic/destroy/", {"word": "destroy"})
    assert (keys_dir / files.SLOTS).exists() and locked == []
    client.post("/panic/destroy/", {"word": "destroy for ever"})
    assert not (keys_dir / files.SLOTS).exists()


@pytest.mark.parametrize("who", ["alice", "bob", "tariq"])
def test_the_screen_says_what_panic_cannot_do(who, request, signed_in) -> None:
    text = signed_in(request.getfixturevalue(who)).get("/panic/").content.decode()
    for words in (
        "forces enough shareholders",
        "Copies of the keys",
        "memory",
        "Others can see that it was done",
    ):
        assert words in text


def test_every_screen_has_the_button_and_the_script(bob, signed_in) -> None:
    for path in ("/", "/reports/", "/members/", "/panic/"):
        text = signed_in(bob).get(path).content.decode()
        assert 'action="/panic/lock/"' in text and "desk/panic.js" in text


@pytest.mark.django_db
def test_on_a_korean_page_the_word_is_korean_and_either_is_taken(alice, signed_in, monkeypatch):
    destroyed = []
    monkeypatch.setattr("nightdesk.desk.panic.actions.destroy", destroyed.append)
    client = signed_in(alice)
    assert "<kbd>영구 파기</kbd>" in client.get("/panic/", headers={"accept-language": "ko"}).content.decode()
    for word in ("영구 파기", "destroy for ever"):
        signed_in(alice).post("/panic/destroy/", {"word": word}, headers={"accept-language": "ko"})
    assert client.post("/panic/destroy/", {"word": "파기"}).status_code == 400
    assert len(destroyed) == 2
