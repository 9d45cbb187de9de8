"""The hold: envelopes by day and hash until the desk takes them, and what the courier remembers.

Nothing is deleted here: the desk empties the hold once a row of its own stands for an envelope.
Belongs here: files and their caps. Does not belong here: HTTP, and what is in an envelope.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from nightdesk.courier.files import HALF, write
from nightdesk.courier.trouble import Trouble
from nightdesk.seal.wire import Collected, WireError, parse_header

NAME = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)\.(?P<hash>[0-9a-f]{64})\.envelope")
STATE, LOCK = "state.json", "courier.lock"
MOST = 10_000  # envelopes; as many as a request can say it has
MOST_MIB = 256


@dataclass(slots=True)
class State:
    """The last request used, committed before it is sent, and the releases that were brought to the press."""

    day: str = ""
    number: int = 0
    released: list[str] = field(default_factory=list)


class Hold:
    """The folder; made when it is missing, for its owner alone."""

    def __init__(self, folder: Path, most: int = MOST, most_mib: int = MOST_MIB) -> None:
        self.folder, self.most, self.most_bytes = folder, most, most_mib << 20
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for half in folder.glob(f".*{HALF}"):
            half.unlink(missing_ok=True)

    def hashes(self) -> set[bytes]:
        """What lies here."""
        found = (NAME.fullmatch(path.name) for path in self.folder.iterdir())
        return {bytes.fromhex(each["hash"]) for each in found if each}

    def size(self) -> tuple[int, int]:
        """How many envelopes lie here, and how many bytes they are."""
        sizes = [path.stat().st_size for path in self.folder.iterdir() if NAME.fullmatch(path.name)]
        return len(sizes), sum(sizes)

    def refuse_when_full(self) -> None:
        """Trouble once a cap is reached."""
        count, size = self.size()
        if count >= self.most or size + 65536 > self.most_bytes:
            raise Trouble(
                f"The hold is full: {count:,} envelopes, {size / (1 << 20):.1f} MiB. What comes now stays in the "
                "drop until the desk takes what is held."
            )

    def keep(self, each: Collected) -> bool:
        """Whether it is new here. Trouble when it is no envelope, which no drop of ours hands over."""
        path = self.folder / f"{each.day.isoformat()}.{each.hash.hex()}.envelope"
        if path.exists():
            return False
        try:
            parse_header(each.data)
        except WireError as error:
            raise Trouble(f"The drop handed over something that is not an envelope: {error}.") from None
        write(path, each.data)
        return True

    def state(self) -> State:
        """What is remembered; a damaged file is as if nothing were: requests then go to waste, nothing else."""
        try:
            return State(**json.loads((self.folder / STATE).read_bytes()))
        except (OSError, ValueError, TypeError):
            return State()

    def remember(self, state: State) -> None:
        """On the disk before it counts."""
        write(self.folder / STATE, json.dumps(asdict(state)).encode())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One courier to a hold; the kernel lets go however the process ends."""
        descriptor = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise Trouble(
                f"Another courier uses {self.folder}. Stop it first, or choose another --hold."
            ) from None
        finally:
            os.close(descriptor)
