"""The plug is pulled for real: the desk's process is killed while it opens envelopes and while it releases.

What it had saved is whole when it starts again; what it had not is as if it had never begun.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from nightdesk.demo import arriving, clock, keylist, reviewing, writing
from nightdesk.demo import rows as rows_of
from nightdesk.demo.person import Page, Person, Refused
from nightdesk.demo.prepare import PASSPHRASE
from nightdesk.demo.programs import free_port
from nightdesk.demo.walk import Newsroom

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The demo's programs over a fresh folder; this process only starts, kills and looks."""
    from nightdesk.demo.running import Demo

    with pytest.MonkeyPatch.context() as patch:
        for name in ("NIGHTDESK_DIR", "DJANGO_SETTINGS_MODULE", "NIGHTDESK_CLOCK", "NIGHTDESK_DROP_URL", "NIGHTDESK_SITE_URL",
                     "NIGHTDESK_DEMO_DROP", "NIGHTDESK_DEMO_SITE", "NIGHTDESK_DEMO_SAMPLE", clock.VARIABLE, keylist.VARIABLE):  # fmt: skip
            patch.setenv(name, os.environ.get(name, ""))
        made = Demo(tmp_path_factory.mktemp("cut") / "d", None, lambda words: None)
        made.prepare()
        made.start()
        yield made
        made.stop()


def desk_again(demo: Any) -> None:
    """Starts the desk again on the same port, as a person would after the power came back."""
    demo.programs.start(
        "desk", "-m", "nightdesk", "desk", "run", "--dir", str(demo.folder), "--drop", demo.at.drop, "--port",
        str(demo.ports["desk"]), "--passphrase-file", str(demo.folder / "demo-passphrase"),
        url=f"{demo.at.desk}/sign-in/",
    )  # fmt: skip


def until_free(port: int) -> None:
    last = time.monotonic() + 10
    while free_port(port) != port:
        assert time.monotonic() < last, "the killed desk still listens"
        time.sleep(0.02)


def signed_in_again(person: Person, demo: Any) -> Person:
    """The same member with a session of the desk that runs now: one of before a stop is worth nothing."""
    person.leaves()
    return Person(demo.at.desk, person.name, PASSPHRASE)


def killed_during(demo: Any, person: Person, page: Page, action: str, after: float) -> None:
    """Sends a form and kills the desk `after` seconds later, with no chance to clean up."""
    process: subprocess.Popen[bytes] = demo.programs.running["desk"]
    form = page.form(action)
    plug = threading.Timer(after, os.killpg, (process.pid, signal.SIGKILL))  # the press it runs dies with it
    plug.start()
    try:
        person.submits(form)
    except (httpx.HTTPError, Refused):
        pass  # nobody answered: that is the point
    finally:
        plug.join()
        process.wait(10)
        until_free(demo.ports["desk"])  # the process it kept dies with it, a moment later


def test_a_desk_killed_while_it_opens_loses_and_doubles_nothing(demo: Any) -> None:
    alice = Person(demo.at.desk, "Alice", PASSPHRASE)
    page = alice.sends(alice.opens("/arrivals/"), "/arrivals/collect/")
    for after in (0.02, 0.08, 0.2, 0.4):
        if not page.holds("/arrivals/open/"):
            break
        killed_during(demo, alice, page, "/arrivals/open/", after)
        desk_again(demo)
        alice = signed_in_again(alice, demo)
        page = alice.opens("/arrivals/")
    while page.holds("/arrivals/open/"):
        page = alice.sends(page, "/arrivals/open/")
    reports = {link for link in alice.opens("/reports/").links if re.fullmatch(r"/reports/\d+/", link)}
    refused = [form for form in alice.opens("/arrivals/").forms if form.path.endswith("/set-aside/")]
    alice.leaves()
    assert (len(reports), refused) == (13, [])


@pytest.fixture(scope="module")
def newsroom(demo: Any) -> Iterator[Newsroom]:
    """The staff with a story that is cleared and not yet released."""
    people = {row["name"]: Person(demo.at.desk, row["name"], PASSPHRASE) for row in demo.sample.staff}
    room = Newsroom(demo, people)
    arriving.collect_and_open(room)
    arriving.read_reports(room)
    for planned in room.plan["claims"]:
        arriving.make_claim(room, planned)
    writing.draft(room)
    writing.translate(room)
    reviewing.review(room)
    yield room
    for person in people.values():
        person.leaves()  # closed twice harms nothing


def held(demo: Any) -> dict[str, bool]:
    """Where the release is: in the database, signed on the disk, before readers in both languages."""
    with closing(rows_of.connect(demo.folder)) as rows:
        known = rows.execute("select count(*) from releases_release").fetchone()[0]
    releases, slug = demo.folder / "releases", demo.sample.walk["slug"]
    pages = [demo.folder / "site" / lang / slug / "index.html" for lang in ("ko", "en")]
    return {
        "database": known == 1,
        "files": {path.suffix for path in releases.glob("*.v1.*")} == {".json", ".sig"},
        "site": all(page.exists() for page in pages),
    }


def settled(demo: Any) -> dict[str, bool]:
    """The same, once the desk has finished at its start what the cut interrupted."""
    until = time.monotonic() + 10
    while len(set((found := held(demo)).values())) > 1 and time.monotonic() < until:
        time.sleep(0.2)
    return found


KEPT = ("desk.sqlite3", "releases", "site")


def desk_down(demo: Any) -> None:
    demo.programs.running["desk"].send_signal(signal.SIGINT)
    demo.programs.running["desk"].wait(10)


def copied(source: Path, into: Path) -> None:
    """Database, releases and site, so that one story can be released again and again."""
    for name in KEPT:
        if (source / name).is_dir():
            shutil.rmtree(into / name, ignore_errors=True)
            shutil.copytree(source / name, into / name)
        else:
            shutil.copy2(source / name, into / name)
            for log in (
                "-wal",
                "-shm",
            ):  # the desk keeps its log: one of another day must not be read into it
                (into / f"{name}{log}").unlink(missing_ok=True)
                if (source / f"{name}{log}").exists():
                    shutil.copy2(source / f"{name}{log}", into / f"{name}{log}")


def test_a_desk_killed_while_it_releases_has_released_whole_or_not_at_all(
    demo: Any, newsroom: Newsroom, tmp_path: Path
) -> None:
    alice, path = newsroom.who("editor"), f"/releases/{newsroom.story}/"
    desk_down(demo)
    copied(demo.folder, tmp_path)
    for after in (0.02, 0.06, 0.15, 0.25, 0.5):
        copied(tmp_path, demo.folder)
        desk_again(demo)
        alice = signed_in_again(alice, demo)
        killed_during(demo, alice, alice.opens(path), f"{path}release/", after)
        desk_again(demo)
        alice = signed_in_again(alice, demo)
        found = settled(demo)
        assert len(set(found.values())) == 1, (after, found)
        if not found["database"]:
            alice.sends(alice.opens(path), f"{path}release/")
            assert all(held(demo).values()), after
        desk_down(demo)
    alice.leaves()
    desk_again(demo)


def test_every_custody_chain_holds_after_the_cuts(demo: Any) -> None:
    command = [sys.executable, "-m", "nightdesk", "desk", "check", "--dir", str(demo.folder)]
    command += ["--passphrase-file", str(demo.folder / "demo-passphrase")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_restart_without_the_passphrase_opens_nothing(demo: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase at all\n")
    desk_down(demo)
    command = [sys.executable, "-m", "nightdesk", "desk", "run", "--dir", str(demo.folder), "--port", "0"]
    done = subprocess.run(
        [*command, "--passphrase-file", str(wrong)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "That passphrase does not open this desk" in done.stderr
