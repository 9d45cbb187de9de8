"""Lines of a stream are taken in lots, and nobody waits for a lot to fill."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from click.testing import CliRunner

from nightdesk.cli import main
from nightdesk.cli.lots import LONG, MOST, PIECE, lots
from nightdesk.reading import extra
from nightdesk.reading.labels import Label


class Pipe:
    """A pipe of which a test holds both ends."""

    def __init__(self) -> None:
        back, self.front = os.pipe()
        self.source = os.fdopen(back, "rb")

    def says(self, words: bytes) -> None:
        os.write(self.front, words)

    def ends(self) -> None:
        os.close(self.front)


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe()
    yield made
    made.source.close()


def test_a_line_is_given_at_once_when_no_more_is_at_hand(pipe: Pipe) -> None:
    come = lots(pipe.source)
    pipe.says(b"one\n")
    assert next(come) == [b"one\n"]
    pipe.says(b"two\nthr")
    assert next(come) == [b"two\n"]
    pipe.says(b"ee\n\nfour")
    assert next(come) == [b"three\n", b"\n"]
    pipe.ends()
    assert list(come) == [[b"four"]]


def test_what_is_at_hand_comes_in_lots_in_order(pipe: Pipe) -> None:
    lines = [b"%d\n" % number for number in range(MOST * 2 + 3)]
    pipe.says(b"".join(lines))
    pipe.ends()
    come = list(lots(pipe.source))
    assert [len(lot) for lot in come] == [MOST, MOST, 3]
    assert [line for lot in come for line in lot] == lines


def test_a_lot_of_long_lines_is_short(pipe: Pipe) -> None:
    pipe.says((b"x" * (LONG // 2) + b"\n") * 3)
    pipe.ends()
    assert [len(lot) for lot in lots(pipe.source)] == [2, 1]


def test_a_line_may_be_longer_than_what_is_read_at_once(tmp_path) -> None:
    path = tmp_path / "lines"
    lines = [b"a" * (3 * PIECE) + b"\n", b"\r\n", b"b" * PIECE]
    path.write_bytes(b"".join(lines))
    with path.open("rb") as source:
        assert [line for lot in lots(source) for line in lot] == lines


@pytest.mark.parametrize("said", [b"", b"\n", b"one", b"one\ntwo\n\n", b"one\r\ntwo\xff\n"])
def test_lines_are_those_of_a_file(said: bytes, tmp_path) -> None:
    (tmp_path / "lines").write_bytes(said)
    with (tmp_path / "lines").open("rb") as source:
        assert [line for lot in lots(source) for line in lot] == list(io.BytesIO(said))
    assert [line for lot in lots(io.BytesIO(said)) for line in lot] == list(io.BytesIO(said))


def test_the_command_answers_a_line_before_the_next_one_comes() -> None:
    command = [sys.executable, "-c", "from nightdesk.cli import main; main()", "read", "--no-names"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for number in range(3):
            running.stdin.write(json.dumps({"id": number, "text": "2만 위안"}).encode() + b"\n")
            assert json.loads(running.stdout.readline())["id"] == number
        running.stdin.close()
        assert running.wait() == 0


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[list[str]]]:
    """An extra in the real one's place that notes what it is asked: each text, and each lot as a list."""
    noted = list[list[str]]()
    module = ModuleType(extra.PACKAGE)

    def names(text: str, finds: object) -> list[Label]:
        noted.append([text])
        return [Label(0, 2, "person")]

    module.names = names  # type: ignore[attr-defined]  # a module made here has what it is given
    module.ahead = lambda texts: noted.append(["ahead", *texts])  # type: ignore[attr-defined]  # the same
    monkeypatch.setitem(sys.modules, extra.PACKAGE, module)
    monkeypatch.setattr(extra, "find_spec", lambda name: True)
    extra._module.cache_clear()
    yield noted
    extra._module.cache_clear()


def test_the_extra_sees_a_lot_once_it_is_loaded(asked: list[list[str]], tmp_path) -> None:
    texts = [f"주은아가 왔다 {number}" for number in range(MOST + 2)] + ["in English", 5]
    path = tmp_path / "lines"
    path.write_text("".join(json.dumps({"id": n, "text": t}) + "\n" for n, t in enumerate(texts)), "utf-8")
    result = CliRunner().invoke(main, ["read", str(path)])
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == list(range(len(texts)))
    assert asked[:MOST] == [[text] for text in texts[:MOST]]
    assert asked[MOST:] == [["ahead", *texts[MOST : MOST + 2]], [texts[MOST]], [texts[MOST + 1]]]


def test_nothing_is_loaded_for_what_was_never_asked(asked: list[list[str]]) -> None:
    extra.look_ahead(["주은아가 왔다"])
    assert asked == []
