"""Makes docs/formats/vectors/ anew: fixed keys, fixed reports and replies; HPKE draws its own entropy each time.

Run it only when the format gets a new version: the committed files are what other programs test
against.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from datetime import date
from hashlib import shake_256
from pathlib import Path

from nightdesk.seal import wire
from nightdesk.seal.closing import seal, seal_bytes
from nightdesk.seal.daykeys import DayPrivateKey
from nightdesk.seal.keyring import Keyring, close_keyring, new_identity, new_keyring, wrap_day_key
from nightdesk.seal.replying import Reply, close_board, reply_secret
from nightdesk.seal.wire import ReportPayload

OUT = Path(__file__).parents[1] / "docs" / "formats" / "vectors"
DAY = date(2023, 12, 18)
REPORTS = {
    "a short Korean report": ReportPayload("회령에서 2만 위안을 내라고 했다.", "ko", "millet", None, date(2023, 12, 15), "voice"),
    "a Chinese report through a relay": ReportPayload("他们要两万元。", "zh", "heron", "relay-yanji", None, "relay", "second-hand"),
    "an English report with nothing but text": ReportPayload("They came twice.\nThen they left."),
    "a report for the larger size": ReportPayload("장마당 " * 400, "ko"),
}  # fmt: skip


def newsroom() -> tuple[Keyring, DayPrivateKey]:
    identity = new_identity(bytes(range(32)))
    keyring = new_keyring(identity.seed, bytes(range(32, 64)), bytes(range(64, 96)), DAY, date(2024, 3, 1))
    return keyring, DayPrivateKey.from_seed(bytes(range(96, 128)), DAY)


def good(keyring: Keyring, day: DayPrivateKey) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "report": _plain(report),
            "envelope": _base64(seal(report, day.public, keyring.newsroom_id)),
        }
        for name, report in REPORTS.items()
    ]


def bad(keyring: Keyring, day: DayPrivateKey) -> list[dict[str, str]]:
    whole = seal(REPORTS["a short Korean report"], day.public, keyring.newsroom_id)
    stray = DayPrivateKey.from_seed(bytes(32), DAY)
    odd = {
        "cut short": (whole[:4000], "wrong size"),
        "another beginning": (b"PK" + whole[2:], "not an envelope"),
        "a later version": (whole[:7] + b"\2" + whole[8:], "not an envelope"),
        "another newsroom": (whole[:8] + bytes(16) + whole[24:], "another newsroom"),
        "a key nobody has": (seal(REPORTS["a short Korean report"], stray.public, keyring.newsroom_id), "no key"),
        "one bit changed in the lattice part": (_flip(whole, 600), "damaged"),
        "one bit changed in the curve part": (_flip(whole, 1130), "damaged"),
        "one bit changed in the tag": (_flip(whole, 4095), "damaged"),
        "something in the padding": (_around(wire.pad(b"{}", 4096)[:-1] + b"!", keyring, day), "not a report"),
        "an unknown field": (_around(wire.pad(b'{"channel":"drop","ip":"-","text":"a","version":1}', 4096), keyring, day), "not a report"),
        "not UTF-8": (_around(wire.pad(b'{"text":"\xff"}', 4096), keyring, day), "not a report"),
    }  # fmt: skip
    return [{"name": name, "reason": why, "envelope": _base64(data)} for name, (data, why) in odd.items()]


# Words made by the sealing page's own library of these sixteen bytes each.
PHRASES = {
    "Korean words, two replies": (bytes(range(16)), ["18일 밤에 다시 전화하겠습니다.", "받은 글을 읽었습니다.\n고맙습니다."]),
    "English words, one reply": (bytes([127] * 16), ["Do not call before the holiday."]),
    "Chinese words, no reply": (bytes(range(240, 256)), []),
}  # fmt: skip


def board() -> dict[str, object]:
    keyring, _day = newsroom()
    secrets_of = {
        name: reply_secret(entropy, keyring.newsroom_id) for name, (entropy, _said) in PHRASES.items()
    }
    replies = [
        (secrets_of[name], Reply(text, DAY, number))
        for name, (_entropy, said) in PHRASES.items()
        for number, text in enumerate(said, 1)
    ]
    count = iter(range(1 << 20))
    cells = close_board(
        replies, keyring.newsroom_id, DAY, lambda n: shake_256(str(next(count)).encode()).digest(n)
    )
    payload, signature = keyring.sign_board(DAY, 1, cells)
    listed = [
        {"name": name, "entropy": entropy.hex(), "secret": secrets_of[name].hex(), "says": [{"on": DAY.isoformat(), "number": number, "text": text} for number, text in enumerate(said, 1)]}
        for name, (entropy, said) in PHRASES.items()
    ]  # fmt: skip
    return {
        "on": DAY.isoformat(),
        "identity": keyring.identity_public.hex(),
        "replies": listed,
        "payload": payload.decode(),
        "signature": signature.decode(),
    }


def write_board_vectors() -> None:
    text = json.dumps(board(), ensure_ascii=False, indent=1)
    (OUT / "board.json").write_text(text + "\n", "utf-8")


def main() -> None:
    write_board_vectors()
    keyring, day = newsroom()
    listed, listed_by = keyring.key_list("Tumen River Post", [day.public], DAY)
    pull, pulled_by = keyring.sign_pull(1, 100, [bytes(32)])
    written = {
        "identity": keyring.identity_public.hex(), "newsroom": keyring.newsroom_id.hex(), "on": DAY.isoformat(),
        "day_seed": day.seed.hex(), "key_id": day.key_id.hex(), "day_public": _base64(day.public.public),
        "opens": good(keyring, day), "refused": bad(keyring, day),
        "key_list": {"payload": listed.decode(), "signature": listed_by.decode()},
        "pull": {"payload": pull.decode(), "signature": pulled_by.decode()},
        "keyring": close_keyring(keyring, "북두칠성", b"s" * 16, b"n" * 12, 64).decode(),
        "passphrase": "북두칠성", "day_key": wrap_day_key(keyring, day, b"d" * 12).decode(),
    }  # fmt: skip
    text = json.dumps(written, ensure_ascii=False, indent=1)
    (OUT / "channel.json").write_text(text + "\n", "utf-8")


def _around(plaintext: bytes, keyring: Keyring, day: DayPrivateKey) -> bytes:
    return seal_bytes(plaintext, day.public, keyring.newsroom_id)


def _plain(report: ReportPayload) -> dict[str, object]:
    return {**asdict(report), "contact_on": report.contact_on.isoformat() if report.contact_on else None}


def _flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


if __name__ == "__main__":
    main()
