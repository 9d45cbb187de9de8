"""The whole of it with real programs: a drop, a desk that is killed, a courier that is killed at every step.

What its disk holds is compared with a list of kinds, searched for planted words, and tried as a key,
byte by byte; a release that waits for its hour lies among it, in the words the public will read and no
others, and goes out then. Then the desk starts again and takes everything once, in order.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests import forked

from nightdesk.demo.person import Person
from nightdesk.seal.board import verify_board
from nightdesk.seal.closing import seal
from nightdesk.seal.daykeys import DayPrivateKey
from nightdesk.seal.parcel import MANIFEST
from nightdesk.seal.replying import open_cell
from nightdesk.seal.signing import newsroom_id, read_signature, unpack, verify_key_list
from nightdesk.seal.wire import ReportPayload

pytestmark = pytest.mark.slow
WORDS = "five words that nobody guesses"
CANARY = "까막딱따구리"
SOURCE = "zqcanaryheronq7"
SECRET = "5a" * 32  # what a source's twelve words come down to
ANSWER = "쇠부엉이 답장입니다."
TITLE_KO = (
    "회령 보위부, 연말 앞두고 손전화 사용자 단속"  # of the story that desk/review/tests/making.py makes
)
TITLE_EN = "Security officials in Hoeryong shake down phone users"

# Ends the process, as a power cut would, before the KILL_AT-th thing it does to disk or network.
KILLED = """
import os, pathlib, httpx
left = int(os.environ["KILL_AT"])
def counted(real):
    def step(*args, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
        return real(*args, **named)
    return step
for where, name in ((os, "open"), (os, "fsync"), (pathlib.Path, "replace"), (httpx.Client, "stream")):
    setattr(where, name, counted(getattr(where, name)))
from nightdesk.cli import main
main()
"""
# The desk's own code, in a process of its own that ends before the courier begins: what is cleared gets an hour.
SCHEDULED = f"""
import sys
from datetime import datetime
from pathlib import Path
from nightdesk.desk import keyfiles, serve
serve.prepare(Path(sys.argv[1]))
keyfiles.unlock(Path(sys.argv[1]), {WORDS!r})
from nightdesk.desk.releases import scheduling
from nightdesk.desk.replies import actions as replying
from nightdesk.desk.reports.models import Report
from nightdesk.desk.review.tests import making
from nightdesk.desk.sources.models import Source
from nightdesk.desk.staff.models import Member
alice = Member.objects.get(username="Alice")
erin, bob, tariq = (
    Member.objects.create_member(name, "a grey heron on a ladder", role=role, byline=name)
    for name, role in (("Erin", "editor"), ("Bob", "reporter"), ("Tariq", "translator"))
)
story = making.story(bob, tariq)
for row in Source.objects.all():
    row.pseudonym = {SOURCE!r} + row.pseudonym
    row.save()
for row in Report.objects.all():
    row.text += " {CANARY}"
    row.save()
making.cleared(alice, erin, story)
told = Report.objects.first()
told.reply_secret = "{SECRET}"
told.save()
replying.reply(alice, told, "{ANSWER}", 3)
scheduling.schedule(alice, story, datetime.fromisoformat(sys.argv[2]))
"""
# The courier with its clock put forward to the hour: nobody waits for it.
AT_ITS_HOUR = """
import datetime, os
shown = datetime.datetime.fromisoformat(os.environ["THE_HOUR"])
class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return shown
from nightdesk.cli import courier, main
courier.datetime = Clock
main()
"""
# Everything that may lie on a courier's disk, and nothing else.
KINDS = {
    "ciphertext": re.compile(r"hold/\d{4}-\d\d-\d\d\.[0-9a-f]{64}\.envelope"),
    "half a ciphertext": re.compile(r"hold/\.\d{4}-\d\d-\d\d\.[0-9a-f]{64}\.envelope\.half"),
    "its state": re.compile(r"hold/\.?state\.json(\.half)?"),
    "its lock": re.compile(r"hold/courier\.lock"),
    "signed requests": re.compile(r"parcel/collect-[0-9a-f]{16}\.jsonl"),
    "a signed key list": re.compile(r"parcel/keys-[0-9a-f]{16}\.json"),
    "a signed board": re.compile(r"parcel/board-[0-9a-f]{16}\.json"),
    "a release that waits": re.compile(r"parcel/release-[0-9a-f]{16}\.(json|sig)"),
    "the signed manifest": re.compile(r"parcel/parcel\.json"),
}


class Line:
    """A newsroom's programs in one folder; only what runs now is in `running`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.courier = folder, folder / "courier"
        self.ports = {name: free_port() for name in ("drop", "desk")}
        self.drop, self.desk = (f"http://127.0.0.1:{self.ports[name]}" for name in ("drop", "desk"))
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.posted: list[bytes] = []
        self.hour = datetime.min.replace(tzinfo=UTC)
        (folder / "pass").write_text(f"{WORDS}\n")
        told = self.once("desk", "init", "--name", "Post", "--json")
        self.identity = str(json.loads(told)["identity"])
        with_its_own = ["--desk-passphrase-file", str(folder / "pass")]
        self.once("desk", "member", "Alice", "--role", "editor", *with_its_own)

    def environment(self, **more: str) -> dict[str, str]:
        mine = {
            "NIGHTDESK_COURIER_DIR": str(self.courier),
            "NIGHTDESK_COLLECT_EVERY": "1",
            "NIGHTDESK_SECOND_FACTOR": "off",
        }
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("NIGHTDESK_", "DJANGO_"))}
        return {**clean, **mine, **more}

    def once(self, *words: str) -> str:
        told = (*words, "--dir", self.folder / "desk", "--passphrase-file", self.folder / "pass")
        done = forked.run("-m", "nightdesk", *told, env=self.environment())
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, name: str) -> None:
        words = {
            "drop": ["drop", "serve", "--dir", str(self.folder / "drop"), "--identity", self.identity],
            "desk": ["desk", "run", "--dir", str(self.folder / "desk"), "--drop", self.drop],
        }[name]  # fmt: skip
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "nightdesk", *words, "--port", str(self.ports[name])],
                stdout=log, stderr=log, env=self.environment(),
            )  # fmt: skip
        waits(lambda: httpx.get(getattr(self, name), follow_redirects=True).status_code == 200)

    def kill(self, name: str) -> None:
        self.running[name].kill()
        self.running.pop(name).wait()

    def alice(self) -> Person:
        return Person(self.desk, "Alice", WORDS)

    def posts(self, number: int) -> None:
        """A sealed report with a planted word and pseudonym, by the road a source takes."""
        packed = httpx.get(f"{self.drop}/keys").content
        today, identity = datetime.now(UTC).date(), bytes.fromhex(self.identity)
        listed = verify_key_list(*unpack(packed), identity, today)
        report = ReportPayload(f"{CANARY} {number}번째로 들은 말이다.", "ko", source=SOURCE)
        data = seal(report, listed.days[today], newsroom_id(identity))
        assert httpx.post(f"{self.drop}/envelopes", content=data).text.startswith("held")
        self.posted.append(data)

    def schedules(self) -> None:
        """A story with planted pseudonyms and reports behind it, cleared, for the last second of today."""
        today = datetime.now(UTC).date()
        self.hour = datetime.combine(today, time_of_day(23, 59, 59), UTC)
        told = (SCHEDULED, self.folder / "desk", self.hour.isoformat())
        forked.run("-c", *told, env=self.environment()).check_returncode()

    def presses(self, at: datetime | None = None) -> dict[str, Any]:
        """One round of a courier that has a press, now or at a given hour; what it told."""
        folders = ["--press", str(self.folder / "desk" / "releases"), "--site", str(self.folder / "site")]
        code = AT_ITS_HOUR if at else "from nightdesk.cli import main; main()"
        hour = {"THE_HOUR": at.isoformat()} if at else {}
        done = forked.run("-c", code, *self.asked(), *folders, env=self.environment(**hour))
        assert done.stdout, done.stderr
        return dict(json.loads(done.stdout))

    def asked(self) -> list[str]:
        return ["courier", "--parcel", str(self.courier / "parcel"), "--hold", str(self.courier / "hold"),
                "--drop", self.drop, "--identity", self.identity, "--once", "--json"]  # fmt: skip

    def carries(self, kill_at: int = 0) -> subprocess.CompletedProcess[str]:
        """One round of the courier in a process of its own, ended before its `kill_at`-th step."""
        return forked.run("-c", KILLED, *self.asked(), env=self.environment(KILL_AT=str(kill_at)))

    def held(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted((self.courier / "hold").glob("*.envelope"))]

    def in_order(self) -> list[str]:
        return [hashlib.sha256(data).hexdigest()[:12] for data in sorted(self.posted, key=lambda d: hashlib.sha256(d).digest())]  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def waits(until: Any, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(httpx.HTTPError, AssertionError):
            if until():
                return
        time.sleep(0.1)
    raise AssertionError(f"{until} never came true")


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """A desk that prepared its courier, gave a release its hour and is gone: from here on nobody holds a key."""
    made = Line(tmp_path_factory.mktemp("locked"))
    try:
        made.start("drop")
        made.start("desk")
        alice = made.alice()
        alice.sends(alice.opens("/courier/"), "/courier/prepare/", days=1)
        alice.leaves()
        made.kill("desk")
        made.schedules()
        yield made
    finally:
        for name in list(made.running):
            made.kill(name)


# The tests below are one story, in this order.


def test_a_courier_killed_before_each_of_its_steps_loses_and_doubles_nothing(line: Line) -> None:
    step, ends = 0, []
    while not ends or ends[-1] == -9:
        step += 1
        line.posts(step)
        ends.append(line.carries(step).returncode)
        assert step < 40
    assert step > 12 and ends[-1] == 0, ends
    assert sorted(line.held()) == sorted(line.posted)


def test_its_disk_holds_ciphertext_signed_documents_and_its_state_and_no_planted_word(line: Line) -> None:
    files = [path for path in line.courier.rglob("*") if path.is_file()]
    names = {path: path.relative_to(line.courier).as_posix() for path in files}
    kinds = {name: [kind for kind, like in KINDS.items() if like.fullmatch(name)] for name in names.values()}
    assert {name for name, found in kinds.items() if len(found) != 1} == set()
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
    everything = b"".join(path.read_bytes() for path in files)
    for word in (CANARY, SOURCE, WORDS, ANSWER, SECRET, "card-of-", "relay-yanji"):
        for form in (word.encode(), word.encode("utf-16-le"), base64.b64encode(word.encode())[:-4]):
            assert form not in everything, word
    state = json.loads((line.courier / "hold" / "state.json").read_text())
    assert set(state) == {"day", "number", "released"}


def test_the_reply_stands_on_the_drops_board_for_whoever_has_the_words(line: Line) -> None:
    """Written before the desk was locked, put up by a courier that cannot read it."""
    today, identity = datetime.now(UTC).date(), bytes.fromhex(line.identity)
    board = verify_board(*unpack(httpx.get(f"{line.drop}/board").content), identity, today)
    found = [open_cell(bytes.fromhex(SECRET), newsroom_id(identity), today, cell) for cell in board.cells]
    assert [each.text for each in found if each] == [ANSWER]
    assert ANSWER.encode() not in httpx.get(f"{line.drop}/board").content


def test_the_release_that_waits_lies_there_in_the_words_of_the_page_and_no_others(line: Line) -> None:
    """Signed and in plain: whoever takes the courier's machine reads tonight's page early, and nothing behind it."""
    waits_there = sorted((line.courier / "parcel").glob("release-*"), key=lambda path: path.suffix)
    assert [path.suffix for path in waits_there] == [".json", ".sig"]
    document = json.loads(waits_there[0].read_text())
    assert TITLE_EN in str(document) and document["version"] == 1
    plain = [p for p in line.courier.rglob("*") if p.is_file() and TITLE_KO.encode() in p.read_bytes()]
    assert plain == [waits_there[0]]
    everywhere = b"".join(path.read_bytes() for path in line.courier.rglob("*") if path.is_file())
    assert everywhere.count(b"Alice") == json.dumps(document).count("Alice")


def seeds(data: bytes) -> set[bytes]:
    """Every 32 bytes that could be read out of a file as a key: raw, from hex, from base64."""
    forms = [data]
    forms += [bytes.fromhex(run.decode()) for run in re.findall(rb"(?:[0-9a-f]{2}){32,}", data)]
    for run in re.findall(rb"[A-Za-z0-9+/]{43,}", data):
        with suppress(ValueError):
            forms.append(base64.b64decode(run[: len(run) // 4 * 4]))
    return {form[at : at + 32] for form in forms for at in range(max(0, len(form) - 31))}


def test_none_of_its_bytes_is_a_private_key(line: Line) -> None:
    """Its own documents name the public keys; no 32 bytes of it lead to one of them, so it opens and signs nothing.

    Every file is looked at whole but the requests signed beforehand, of which each file's first and last are.
    """
    parcel = line.courier / "parcel"
    identity, today = bytes.fromhex(line.identity), datetime.now(UTC).date()
    certificate, _ = read_signature(unpack((parcel / MANIFEST).read_bytes())[1])
    keys = verify_key_list(*unpack(next(parcel.glob("keys-*")).read_bytes()), identity, today)
    day_keys = {key.public for key in keys.days.values()}
    small = [parcel / MANIFEST, next(parcel.glob("keys-*")), line.courier / "hold" / "state.json"]
    candidates = {seed for path in small for seed in seeds(path.read_bytes())}
    for path in parcel.glob("collect-*"):  # of thousands of lines, alike but for numbers and signatures, some
        lines = path.read_bytes().splitlines()
        candidates |= {seed for one in {*lines[:2], *lines[-1:]} for seed in seeds(one)}
    signing = [identity, certificate.signing_key]
    for seed in candidates:
        assert Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw() not in signing
    for seed in candidates:
        assert DayPrivateKey.from_seed(seed, today).public.public not in day_keys


def test_the_release_is_pushed_at_its_hour_and_not_before_and_once(line: Line) -> None:
    signed = {path.suffix: path.read_bytes() for path in (line.courier / "parcel").glob("release-*")}
    releases, site = line.folder / "desk" / "releases", line.folder / "site"
    assert line.presses()["released"] == [] and not site.exists()
    [batch] = line.presses(line.hour)["released"]
    there = {path.name: path.read_bytes() for path in releases.iterdir()}
    assert there == {f"{batch}{ending}": data for ending, data in signed.items()}
    assert any(TITLE_EN in page.read_text("utf-8") for page in site.glob("en/*/index.html"))
    assert line.presses(line.hour)["released"] == []
    assert json.loads((line.courier / "hold" / "state.json").read_text())["released"] == [batch]


def test_with_the_parcel_alone_the_drop_can_be_made_to_forget_nothing(line: Line) -> None:
    request = next((line.courier / "parcel").glob("collect-*")).read_bytes().splitlines()[-1]
    assert httpx.post(f"{line.drop}/pull", content=request).status_code == 403


def test_the_desk_takes_everything_once_and_in_order_when_it_starts_again(line: Line) -> None:
    """From the hold, while the drop still has every one of them too; then both are empty."""
    duplicate = line.held()[0]
    line.start("desk")
    alice = line.alice()
    waits(lambda: not line.held())
    waits(lambda: f"waiting {len(line.posted)}" in alice.opens("/arrivals/").words)
    shown = re.findall(r"<code>([0-9a-f]{12})</code>", alice.opens("/arrivals/").source)
    assert shown == line.in_order()[: len(shown)] and len(shown) >= min(20, len(line.posted))
    time.sleep(2.5)  # two rounds: the drop has been told to forget
    name = f"{datetime.now(UTC).date()}.{hashlib.sha256(duplicate).hexdigest()}.envelope"
    (line.courier / "hold" / name).write_bytes(duplicate)  # a courier that fetched it just before
    waits(lambda: not line.held())
    assert f"waiting {len(line.posted)}" in alice.opens("/arrivals/").words
    page = alice.sends(alice.opens("/arrivals/"), "/arrivals/open/")
    assert "Refused" not in page.words and "Nothing waits to be opened" in page.words
    alice.leaves()
    line.kill("desk")
    done = line.carries()
    told = json.loads(done.stdout)
    assert (told["collected"], told["held"], told["troubles"]) == (0, 0, []), done.stderr


def test_a_drop_that_is_down_is_said_in_one_sentence(line: Line) -> None:
    line.kill("drop")
    done = line.carries()
    told = json.loads(done.stdout)
    assert done.returncode == 1 and len(told["troubles"]) == 1
    assert "The drop cannot be reached" in told["troubles"][0] and "Traceback" not in done.stderr
