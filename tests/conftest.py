"""What several rooms' tests share: a browser, and two newsrooms with fixed keys."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from nightdesk.seal.daykeys import DayPrivateKey
from nightdesk.seal.keyring import Identity, Keyring, new_identity, new_keyring

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.window import Window


# No test is timed: on a busy machine one call may take its second. What is submitted is tried on the same examples each time;
# whoever runs the tests by hand looks for new ones.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _panic_ends_no_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doors that lock a desk end its process: here that would be the tests'. Programs lock for real."""
    from nightdesk.desk import locking

    monkeypatch.setattr(locking, "lock", lambda *_after: None)


@pytest.fixture(autouse=True)
def _index_goes_with_the_rows(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """What a test without a transaction of its own committed is flushed, but not from the search index."""
    yield
    from nightdesk.desk.conftest import flush_index

    flush_index(request, django_db_blocker)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """The tests' tables are made at once, as a new desk's are: test_fresh.py holds them against the migrations'."""
    from nightdesk.desk.conftest import tables_at_once

    with tables_at_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_for_once() -> Iterator[None]:
    """Each client's first request looks for all of them, longer than it takes to make a page."""
    from nightdesk.desk.conftest import static_files_once

    with static_files_once():
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take tens of seconds start first: the workers then end together, and none waits for the last."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What was imported stays for good: Python's collector need not walk it after every few hundred objects.

    It took a sixth of the processor's time. The desk tells it the same (desk/tidying.py, beginning.warm).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, *gc.get_threshold()[1:])


@pytest.fixture(scope="session")
def walked_sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The sample newsroom walked to the end of the line, and what the walk printed: copy it before writing.

    Once a run, whichever worker asks first: the walk takes half a minute of a core.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, printed = shared / "walked-sample", shared / "walked-sample.out"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NIGHTDESK_DIR", "DJANGO_"))}
    with (shared / "walked-sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not printed.exists():
            shutil.rmtree(folder, ignore_errors=True)
            command = [sys.executable, "-m", "nightdesk", "demo", "--through", "--dir", str(folder)]
            done = subprocess.run(
                command, capture_output=True, text=True, env=environment, timeout=300, check=False
            )
            assert done.returncode == 0, done.stderr
            printed.write_text(done.stdout, "utf-8")
    return folder, printed.read_text("utf-8")


QUIET = (
    "--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-default-apps", "--disable-sync", "--no-default-browser-check", "--no-first-run",
)  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A system Chromium that asks nothing of the network by itself. In CI a missing one is a failure.

    One a module, not one a session: while Playwright's synchronous API is open, its event loop counts
    as running in this thread. Tests of other modules must not notice, and Django is told not to mind.
    """
    path = os.environ.get("NIGHTDESK_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(path).exists():
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: install Debian's package chromium, or set NIGHTDESK_CHROMIUM")
        pytest.skip("left out: no Chromium (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser, db: None) -> Iterator[Callable[..., Window]]:
    """window(member) -> a Window that member is signed in at."""
    from tests.window import Window

    opened: list[Window] = []

    def of(member: Any = None, **more: Any) -> Window:
        opened.append(Window(chromium, **more))
        if member is not None:
            opened[-1].client.force_login(member)
        return opened[-1]

    yield of
    for one in opened:
        one.close()


@dataclass(frozen=True)
class Newsroom:
    """Keys made of counted bytes: never use them for anything but tests."""

    identity: Identity
    keyring: Keyring
    day: DayPrivateKey
    today: date

    @property
    def id(self) -> bytes:
        return self.keyring.newsroom_id


def newsroom(number: int = 1, today: date = date(2023, 12, 18)) -> Newsroom:
    identity = new_identity(bytes([number]) * 32)
    keyring = new_keyring(
        identity.seed,
        bytes([number + 64]) * 32,
        bytes([number + 128]) * 32,
        today,
        today + timedelta(days=74),
    )
    return Newsroom(identity, keyring, DayPrivateKey.from_seed(bytes([number + 192]) * 32, today), today)


@pytest.fixture(scope="session")
def ours() -> Newsroom:
    return newsroom(1)


@pytest.fixture(scope="session")
def theirs() -> Newsroom:
    return newsroom(2)


@pytest.fixture(scope="session")
def newsroom_on() -> Callable[[date], Newsroom]:
    """The same newsroom with its certificate and day key of another day: for programs with a real clock."""
    return lambda today: newsroom(1, today)
