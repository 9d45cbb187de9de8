"""Reports are read in other processes, ahead of the one that judges them: nobody sees it but by the clock."""

import contextlib
import io
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.cli import ahead as ahead_module
from nightdesk.cli import main
from nightdesk.cli.ahead import SMALL, WorkerLost, ahead, beginning, workers_for

# From Python 3.12 on a fork beside NumPy's idle threads is warned of; none of them holds what a worker needs.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

COMMAND = (sys.executable, "-c", "from nightdesk.cli import main; main()", "corroborate")
needs_cores = pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one core reads by itself")


def report(number, text="Police in {town} demanded {sum},000 yuan of a broker on 3 March 2024, he says."):
    town = ("Hoeryong", "Musan", "Hyesan")[number % 3]
    told = text.format(town=town, sum=number % 40 + 2)
    return json.dumps({"id": f"r{number}", "text": told, "lang": "en", "on": "2024-03-05"})


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A file that is large enough for workers, with lines in it that are none, empty, or of an id that came before."""
    lines = [report(n, text="{town} {sum},000 yuan, a broker; " + f"w{n * 7 % 50} " * 30) for n in range(500)]
    lines[70], lines[99], lines[100], lines[333] = "{not json", "", report(3), '{"id": "x", "lang": "en"}'
    path = tmp_path_factory.mktemp("many") / "reports.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    assert path.stat().st_size > SMALL
    return path


@contextlib.contextmanager
def started(*options):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # A shell has what it starts behind ignore Ctrl-C.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen([*COMMAND, *options], **pipes, start_new_session=True, preexec_fn=heard)
    try:
        yield process
    finally:
        process.kill()
        for pipe in (process.stdin, process.stdout, process.stderr):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        process.wait(60)


def workers_of(process):
    """Its children, once it has them."""
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    for _ in range(600):
        if children := path.read_text().split():
            return list(map(int, children))
        time.sleep(0.05)
    pytest.fail("no worker came")


def answer(process, seconds=60):
    ready, _, _ = select.select([process.stdout], [], [], seconds)
    assert ready, "no answer while the next line had not come"
    return json.loads(process.stdout.readline())


@needs_cores
def test_a_file_a_pipe_and_one_process_give_the_same_bytes_and_name_the_same_lines(many):
    alone = CliRunner().invoke(main, ["corroborate", "--summary"], input=many.read_bytes())
    assert [line.partition(":")[0] for line in alone.stderr.splitlines()][:3] == [
        "line 71",
        "line 101",
        "line 334",
    ]
    for given_as in ([str(many)], []):
        with many.open("rb") as source:
            done = subprocess.run(
                [*COMMAND, "--summary", *given_as], stdin=source, capture_output=True, text=True, check=False
            )
        assert (done.stdout, done.stderr, done.returncode) == (alone.stdout, alone.stderr, 1)


@needs_cores
def test_a_report_on_a_slow_pipe_is_answered_before_the_next_comes():
    with started() as process:
        for number in range(5):
            process.stdin.write(report(number).encode() + b"\n")
            process.stdin.flush()
            assert answer(process)["id"] == f"r{number}"
        assert process.communicate(timeout=60)[1] == b""
        assert process.returncode == 0


@needs_cores
def test_a_killed_worker_ends_it_with_a_sentence_and_writes_no_state(tmp_path):
    with started("--state", str(tmp_path / "state")) as process:
        for worker in workers_of(process):
            os.kill(worker, signal.SIGKILL)
        out, error = process.communicate(report(1).encode() + b"\n", timeout=60)
    assert (out, process.returncode) == (b"", 1)
    assert b"was killed by signal 9 before its work was done" in error and b"Traceback" not in error
    assert not (tmp_path / "state").exists()


def nobody_listens(process, many):
    process.stdout.close()
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(many.read_bytes())
        process.stdin.flush()


ENDS = {
    "Ctrl-C": lambda process, _: os.killpg(process.pid, signal.SIGINT),  # a terminal tells all of them
    "killed": lambda process, _: process.kill(),
    "nobody listens": nobody_listens,
}


@needs_cores
@pytest.mark.parametrize("end", ENDS)
def test_no_worker_outlives_the_one_who_started_it(many, end):
    with started() as process:
        workers = workers_of(process)
        process.stdin.write(report(1).encode() + b"\n")
        process.stdin.flush()
        answer(process)
        ENDS[end](process, many)
        process.wait(60)
        assert b"Traceback" not in process.stderr.read() and process.returncode
    assert not left(workers)


def left(workers, seconds=30):
    """Those that are still there after a while."""
    until = time.monotonic() + seconds
    while (here := [each for each in workers if Path(f"/proc/{each}").exists()]) and time.monotonic() < until:
        time.sleep(0.05)
    return here


def slowly(line):
    """Takes longer for lower numbers, so that later lines are done first."""
    time.sleep(0.02 / (1 + int(line)))
    return int(line), os.getpid()


def test_results_come_in_the_order_of_the_lines_whoever_was_first(tmp_path):
    path = tmp_path / "lines"
    path.write_text("".join(f"{n}\n" for n in range(200)), "utf-8")
    with path.open(encoding="utf-8") as source, ahead(slowly, 3) as through:
        done = list(through(source))
    assert [number for number, _ in done] == list(range(200))
    assert len({process for _, process in done} - {os.getpid()}) > 1


def test_what_the_first_lines_of_a_file_load_is_loaded_before_there_are_workers(tmp_path):
    path, loaded = tmp_path / "lines", []
    path.write_text("1\n2\n3", "utf-8")
    with (
        path.open(encoding="utf-8") as source,
        ahead(lambda line: loaded.append(line) or len(loaded), 2, beginning(source)) as through,
    ):
        assert loaded == ["1", "2"]
        assert min(through(source)) == len(loaded) + 1  # a worker is born with what was loaded before it
    reading, writing = os.pipe()
    os.close(writing)
    with os.fdopen(reading) as pipe:
        assert beginning(pipe) == []


def test_what_fails_in_a_worker_ends_the_work(tmp_path):
    path = tmp_path / "lines"
    path.write_text("1\nnot a number\n", "utf-8")
    with (
        path.open(encoding="utf-8") as source,
        ahead(slowly, 2) as through,
        pytest.raises(WorkerLost, match="ended with exit code 1"),
    ):
        list(through(source))


def test_a_small_file_and_what_is_no_file_need_no_worker(tmp_path, many):
    small = tmp_path / "small"
    small.write_text(report(1), "utf-8")
    with small.open(encoding="utf-8") as source:
        assert workers_for(source) == 0
    assert workers_for(io.StringIO(report(1))) == 0
    with many.open(encoding="utf-8") as source:
        cores = len(os.sched_getaffinity(0))
        assert workers_for(source) == (cores if cores > 1 else 0)


@given(
    st.lists(
        st.sampled_from([b"a", b"\n", b"\r", b"\r\n", "안녕".encode(), b"\xff", b"\xec", b"\xe2\x80\xa8"])
    )
)
def test_lines_are_those_of_a_text_file_wherever_what_comes_is_cut(parts):
    text = io.TextIOWrapper(io.BytesIO(b"".join(parts)), encoding="utf-8", errors="surrogateescape")
    with tempfile.TemporaryFile() as file, pytest.MonkeyPatch.context() as patch:
        patch.setattr(ahead_module, "PIECE", 2)
        file.write(b"".join(parts))
        file.seek(0)
        lines = ahead_module._Lines(file.fileno())
        while lines.open:
            lines.more()
    assert list(lines.come) == list(text)
