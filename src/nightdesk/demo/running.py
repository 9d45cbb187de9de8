"""The demo's three programs over one folder: prepared once, resumed afterwards, stopped together."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from nightdesk.demo import clock, keylist, posting, sample
from nightdesk.demo.prepare import PASSPHRASE
from nightdesk.demo.programs import DEFAULT_PORTS, DidNotStart, PortTaken, Programs, held_port
from nightdesk.desk.alone import Taken, alone

Say = Callable[[str], None]
LOCK = "demo.lock"
MARK = "nightdesk-demo.json"  # a folder without it is not the demo's, and is never emptied


class NotADemo(RuntimeError):
    """The folder holds something else."""


@dataclass(frozen=True)
class Addresses:
    """Where the three programs listen."""

    drop: str
    desk: str
    site: str


class Running(RuntimeError):
    """Another demo runs over the folder."""


@contextmanager
def only_demo(folder: Path) -> Iterator[None]:
    """Holds the folder for this demo; Running when another has it, NotADemo when it is not the demo's."""
    _refuse_foreign(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with alone(folder / LOCK):
            yield
    except Taken:
        raise Running(
            f"Another demo runs over {folder}. Stop it with Ctrl-C where it runs, or choose another --dir."
        ) from None


def reset(folder: Path) -> None:
    """Empties the demo's folder, which the caller holds; refuses one the demo did not make."""
    _refuse_foreign(folder)
    for path in folder.iterdir() if folder.exists() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != LOCK:
            path.unlink()


def _refuse_foreign(folder: Path) -> None:
    """NotADemo when something stands in the folder that no demo put there."""
    if folder.exists() and folder.stat().st_uid != os.getuid():
        raise NotADemo(f"{folder} belongs to somebody else on this machine. Choose another with --dir.")
    used = folder.exists() and any(path.name != LOCK for path in folder.iterdir())
    if used and not (folder / MARK).exists():
        raise NotADemo(
            f"{folder} holds something else, so it is left alone. Choose an empty folder with --dir."
        )


class Demo:
    """One run of the demo over `folder`, on the sample in `sample_folder`."""

    def __init__(self, folder: Path, sample_folder: Path | None, say: Say) -> None:
        self.folder, self.say = folder, say
        self._held = ExitStack()
        self._enter(sample_folder)
        self.sample = sample.load()
        self._take_ports()
        self.programs = Programs(folder, {})
        self.posted = 0  # reports sealed and posted by this start

    def _take_ports(self) -> None:
        """Chooses the ports that are free now, and tells the children."""
        self._held.close()
        self.ports = {name: held_port(self._held, wanted) for name, wanted in DEFAULT_PORTS.items()}
        self.at = Addresses(*(f"http://127.0.0.1:{self.ports[name]}" for name in ("drop", "desk", "press")))
        os.environ["NIGHTDESK_DROP_URL"] = os.environ["NIGHTDESK_DEMO_DROP"] = self.at.drop
        os.environ["NIGHTDESK_SITE_URL"] = os.environ["NIGHTDESK_DEMO_SITE"] = self.at.site

    def _enter(self, sample_folder: Path | None) -> None:
        """Takes the folder, and tells this process and its children where everything is."""
        _refuse_foreign(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mark = self.folder / MARK
        kept = json.loads(mark.read_text("utf-8")) if mark.exists() else {}
        chosen = str(sample_folder or kept.get("sample") or "")
        mark.write_text(json.dumps({"sample": chosen}), "utf-8")
        os.environ.update({
            "DJANGO_SETTINGS_MODULE": "nightdesk.demo.settings", "NIGHTDESK_DIR": str(self.folder),
            clock.VARIABLE: str(self.folder / "demo-clock"), sample.VARIABLE: chosen,
            "NIGHTDESK_CLOCK": "nightdesk.demo.clock.now",
        })  # fmt: skip
        sample.load.cache_clear()

    def prepare(self) -> None:
        """Makes keys, database, members and tables the first time; later only what is missing."""
        if not clock.path().exists():
            clock.move_to(self.sample.clock[0])
        self._passphrase_file.write_text(PASSPHRASE + "\n", "utf-8")
        if not (self.folder / "keys" / "keyring.json").exists():
            self.say("Making the newsroom's keys…")
            name = self.sample.newsroom["name"]
            self._nightdesk("desk", "init", "--dir", str(self.folder), "--name", name, *self._passphrase)
        self._write_newsroom()
        self._python("-m", "nightdesk.demo.prepare")
        os.environ[keylist.VARIABLE] = self.identity

    @property
    def identity(self) -> str:
        """The newsroom's public identity, in hex."""
        facts: dict[str, str] = json.loads((self.folder / "newsroom.json").read_text("utf-8"))
        return facts["identity"]

    def start(self) -> None:
        """Starts drop, desk and press, each on a free loopback port; once more when a port was lost.

        What was told by the demo's day is in the drop before the desk starts; `posted` counts it.
        """
        try:
            self._start_all()
        except PortTaken:
            self.say("A port was taken meanwhile; starting on others…")
            self.programs.stop()
            self._take_ports()
            self._start_all()

    def _start_all(self) -> None:
        drop, desk, press = (str(self.ports[name]) for name in ("drop", "desk", "press"))
        directory = str(self.folder / "drop")
        self.programs.start(
            "drop", "-m", "nightdesk.demo.drop_program", directory, self.identity, drop,
            *filter(None, [self.sample.walk.get("name", {}).get("ko")]), url=self.at.drop,
        )  # fmt: skip
        self._nightdesk(
            "desk", "publish-keys", "--dir", str(self.folder), "--drop", self.at.drop, *self._passphrase
        )
        # Before the desk's first round: or its first screen says that all was collected while reports wait.
        self.posted += posting.post_told(self.folder, self.at.drop, self.sample)
        self.programs.start(
            "desk", "-m", "nightdesk", "desk", "run", "--dir", str(self.folder), "--drop", self.at.drop,
            "--port", desk, *self._passphrase, url=f"{self.at.desk}/sign-in/",
        )  # fmt: skip
        if not (self.folder / "site").exists():
            self._build_empty_site()
        self.programs.start(
            "press",
            "-m",
            "nightdesk",
            "press",
            str(self.folder / "site"),
            "--serve",
            "--port",
            press,
            url=self.at.site,
        )

    def stop(self) -> None:
        """Stops all three, and lets go of their ports."""
        self.programs.stop()
        self._held.close()

    @property
    def _passphrase_file(self) -> Path:
        return self.folder / "demo-passphrase"

    @property
    def _passphrase(self) -> tuple[str, str]:
        return ("--passphrase-file", str(self._passphrase_file))

    def _write_newsroom(self) -> None:
        facts = {**self.sample.newsroom, "identity": self.identity}
        facts.pop("staff", None)
        facts["name"] = {"en": facts["name"], **self.sample.walk.get("name", {})}
        (self.folder / "newsroom.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), "utf-8")

    def _build_empty_site(self) -> None:
        releases, site = self.folder / "releases", self.folder / "site"
        releases.mkdir(exist_ok=True)
        self._nightdesk(
            "press", str(releases), str(site), "--base-url", self.at.site, "--identity", self.identity
        )

    def _nightdesk(self, *arguments: str) -> None:
        self._python("-m", "nightdesk", *arguments)

    def _python(self, *arguments: str) -> None:
        done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            raise DidNotStart(f"`{' '.join(arguments)}` failed: {done.stderr.strip() or done.stdout.strip()}")
