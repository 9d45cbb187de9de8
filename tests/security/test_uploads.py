"""How much may be sent, and what a file may be: large, many, repeated, packed to burst, lying about itself."""

from __future__ import annotations

import socket
import struct
import threading
import time
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nightdesk.desk import listening

pytestmark = pytest.mark.django_db
WORDS = {"credit": "Dana", "licence": "own photo", "revision": "1"}


def sent(desk: Any, data: bytes, name: str = "p.png", kind: str = "image/png") -> Any:
    url = desk.url("stories:photo", pk=desk.rows["story"].pk)
    before = desk.changes()
    with desk.undone():
        answer = desk.clients["bob"].post(url, {**WORDS, "photo": SimpleUploadedFile(name, data, kind)})
    if answer.status_code != 302:
        assert desk.changes() == before
    return answer


def png(width: int, height: int, rows: int) -> bytes:
    """A PNG that says it is so large, and packs `rows` empty lines into next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packed = zlib.compress(b"\0" * ((width + 1) * rows), 9)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def test_a_sound_picture_is_taken(desk: Any) -> None:
    assert sent(desk, png(30, 20, 20)).status_code == 302


@pytest.mark.parametrize(
    "data",
    [
        png(20_000, 20_000, 100), png(65_000, 65_000, 1), png(100, 100, 60_000), b"GIF89a" + b"\0" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"<!doctype html><script>alert(1)</script>",
        b"PK\x03\x04" + b"\0" * 100, b"%PDF-1.7\n", b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0" + b"\0" * 50, b"x" * (10 * 1024 * 1024 + 1),
    ],
    ids=["a bomb", "a larger one", "more rows than said", "GIF", "SVG", "a page", "ZIP", "PDF", "nothing", "a head", "a broken JPEG", "too large"],
)  # fmt: skip
def test_what_is_no_small_sound_picture_is_refused_in_a_sentence(desk: Any, data: bytes) -> None:
    answer = sent(desk, data)
    assert answer.status_code in (302, 400)
    if answer.status_code == 302:  # more rows than said are cut off; nothing of them is kept
        assert data == png(100, 100, 60_000)


@pytest.mark.parametrize(
    "name", ["../../evil.html", "a\r\nX-Planted: 1.png", "x" * 5000 + ".png", "a\0b.png", "|id", "con"]
)
def test_a_files_name_and_kind_are_nothing_to_the_desk(desk: Any, name: str) -> None:
    answer = sent(desk, png(3, 2, 2), name, "text/html")
    assert answer.status_code == 302 and "X-Planted" not in answer.headers


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("text=" + "x" * 1_100_000, "a body over a megabyte"),
        ("&".join(f"f{n}=x" for n in range(1001)), "fields"),
        ({f"f{n}": SimpleUploadedFile("x", b"x") for n in range(3)}, "files"),
    ],
    ids=["large", "many fields", "many files"],
)
def test_too_much_at_once_is_refused_at_every_door_before_any_view(desk: Any, data: Any, what: str) -> None:
    """The token is looked for first, and it is there that the limits are met: no view reads more than they allow."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = desk.clients["editor"].cookies
    client.cookies["csrftoken"] = "a" * 32
    before = desk.changes()
    for door, each in desk.doors.doors():
        kind = {} if what == "files" else {"content_type": "application/x-www-form-urlencoded"}
        answer = client.post(desk.address(door, each.pattern.converters), data, **kind)
        assert answer.status_code == 400, (door, what, answer.status_code)
    assert desk.changes() == before


def test_a_photo_for_a_member_is_served_as_a_picture_and_nothing_else(desk: Any) -> None:
    answer = desk.clients["bob"].get(desk.url("stories:photo_image", pk=desk.rows["story"].pk))
    assert (
        answer.headers["Content-Type"] == "image/jpeg"
        and answer.headers["X-Content-Type-Options"] == "nosniff"
    )
    assert answer.headers["Content-Disposition"] == "inline" and answer.headers["Cache-Control"] == "no-store"


def test_a_file_for_a_member_is_served_to_be_saved_under_a_name_of_the_desks_own(desk: Any) -> None:
    answer = desk.clients["bob"].get(desk.url("stories:file_get", pk=desk.rows["story"].pk))
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (
        "application/pdf",
        "nosniff",
    )
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment; filename=") and said.endswith('.pdf"')
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<!doctype html><script>alert(1)</script>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ" + b"\0" * 99,
        b"PK\x03\x04" + b"\0" * 100, png(3, 2, 2), b"%PDF-1.7\n", b"ID3" + b"\0" * 50, b"x" * (10 * 1024 * 1024 + 1),
    ],
    ids=["nothing", "a page", "SVG", "a program", "ZIP", "a picture", "a head", "a tag", "too large"],
)  # fmt: skip
def test_what_is_no_document_or_recording_is_refused_whatever_it_is_called(desk: Any, data: bytes) -> None:
    url, before = desk.url("stories:file", pk=desk.rows["story"].pk), desk.changes()
    file = SimpleUploadedFile("notice.pdf", data, "application/pdf")
    answer = desk.clients["bob"].post(url, {"revision": "1", "file": file})
    assert answer.status_code == 400 and desk.changes() == before


def test_no_answer_however_long_is_written_to_a_temporary_file(monkeypatch: Any) -> None:
    """By the server itself: from a megabyte on waitress would put what waits to be sent into a file, in plain."""
    from waitress import buffers

    monkeypatch.setattr(buffers.TempfileBasedBuffer, "newfile", lambda _self: pytest.fail("a file was made"))
    length = 5_000_000

    def application(_environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "image/jpeg"), ("Content-Length", str(length))])
        return [b"x" * length]

    with socket.create_server(("127.0.0.1", 0)) as own:
        port = own.getsockname()[1]
        with listening.serving(application, own, listening.Place(port=port)) as run:
            threading.Thread(target=run, daemon=True).start()
            with socket.create_connection(("127.0.0.1", port)) as slow:
                slow.settimeout(20)
                slow.sendall(b"GET / HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n")
                time.sleep(0.3)  # a browser that does not read yet: all of it waits
                got = b"".join(iter(lambda: slow.recv(1 << 20), b""))
    assert got.endswith(b"x" * length)


def test_nothing_that_is_sent_is_written_to_a_temporary_file(
    settings: Any, monkeypatch: Any, desk: Any
) -> None:
    def never(*given: Any, **more: Any) -> None:
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", never)
    monkeypatch.setattr("tempfile.TemporaryFile", never)
    monkeypatch.setattr("tempfile.mkstemp", never)
    assert sent(desk, png(30, 20, 20) + b"\0" * 3_000_000).status_code in (302, 400)
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
