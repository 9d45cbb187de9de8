"""`nightdesk seal`: seal a report into an Envelope, and post it when asked to."""

from __future__ import annotations

import hashlib
import json
import urllib.error
import urllib.request
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import click

from nightdesk.seal.closing import SealingError, seal, supported
from nightdesk.seal.report import Channel
from nightdesk.seal.signing import KeyList, SignatureError, unpack, verify_key_list
from nightdesk.seal.wire import PublicDayKey, ReportError, ReportPayload

PATIENCE = 60  # seconds for a drop behind Tor
MOST_KEYS = 1 << 20


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--identity", metavar="HEX", required=True, help="The newsroom's public key, from somewhere you trust."
)
@click.option(
    "--keys", metavar="FILE|URL", help="The newsroom's key list; with --to it is asked of the drop."
)
@click.option("--to", metavar="URL", help="Post the Envelope to this drop.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the Envelope to this file.")
@click.option("--source", help="The name we gave you: a pseudonym, never a real name.")
@click.option("--via", help="The relay who passed the words on, a pseudonym too.")
@click.option("--contact-on", type=click.DateTime(["%Y-%m-%d"]), help="Day of the call or meeting.")
@click.option("--lang", help="Language it is written in: ko, zh or en.")
@click.option(
    "--channel", type=click.Choice(["drop", "voice", "relay", "note"]), default="drop", show_default=True
)
@click.option("--basis", help="How the teller knows it, for example eyewitness.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="Seal to the key of this day; today (UTC) unless told."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
def command(
    file: Path, identity: str, keys: str | None, to: str | None, out: Path | None, source: str | None,
    via: str | None, contact_on: datetime | None, lang: str | None, channel: str, basis: str | None,
    on: datetime | None, as_json: bool,
) -> None:  # fmt: skip
    """Seal the report in FILE (- reads standard input) into an Envelope of fixed size.

    \b
    Examples:
      nightdesk seal --identity 5f1c…e2 --to http://127.0.0.1:8301 note.txt
      nightdesk seal --identity 5f1c…e2 --keys keys.json --out note.nde note.txt
      echo "말한 그대로" | nightdesk seal --identity 5f1c…e2 --to http://127.0.0.1:8301 \\
        --source crane --channel voice --contact-on 2023-12-15 --lang ko -
    """
    if to is None and out is None:
        raise click.UsageError("say where it goes: --to URL posts it, --out FILE writes it")
    if keys is None and to is None:
        raise click.UsageError("give --keys: without a drop to ask, the key list must be a file")
    if not supported():
        raise click.ClickException(
            "this machine's cryptography cannot do ML-KEM-768; install its binary wheel"
        )
    day = on.date() if on else datetime.now(UTC).date()
    said_on = contact_on.date() if contact_on else None
    # click lets no other channel in.
    payload = ReportPayload(_text(file), lang, source, via, said_on, cast(Channel, channel), basis)
    listed = _key_list(keys or f"{str(to).rstrip('/')}/keys", identity, day)
    envelope = _seal(payload, _key_of(listed, day), listed.newsroom)
    _deliver(envelope, to, out, as_json)


def _text(file: Path) -> str:
    try:
        with click.open_file(str(file), "rb") as stream:
            data: bytes = stream.read()
        return data.decode("utf-8").removesuffix("\n")
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise click.ClickException(
            f"the report is not valid UTF-8 at byte {error.start}: save it as UTF-8 and try again"
        ) from None


def _key_list(where: str, identity: str, day: date) -> KeyList:
    try:
        public = bytes.fromhex(identity)
    except ValueError:
        public = b""
    if len(public) != 32:
        raise click.UsageError("--identity must be 64 hexadecimal digits")
    try:
        return verify_key_list(*unpack(_fetch(where)), public, day)
    except SignatureError as error:
        raise click.ClickException(f"the key list cannot be believed: {error}. Nothing was sealed.") from None


def _fetch(where: str) -> bytes:
    try:
        if not where.startswith(("http://", "https://")):
            return Path(where).read_bytes()
        with urllib.request.urlopen(where, timeout=PATIENCE) as answer:  # noqa: S310 - http(s) alone, checked above
            data: bytes = answer.read(MOST_KEYS)
            return data
    except urllib.error.HTTPError as error:
        raise click.ClickException(f"the drop at {where} has no key list (answer {error.code})") from None
    except OSError as error:
        raise click.ClickException(f"the key list at {where} cannot be read: {error}") from None


def _key_of(listed: KeyList, day: date) -> PublicDayKey:
    if day not in listed.days:
        raise click.ClickException(
            f"the newsroom has published no key for {day}; fetch its key list again later"
        )
    return listed.days[day]


def _seal(payload: ReportPayload, key: PublicDayKey, newsroom: bytes) -> bytes:
    try:
        return seal(payload, key, newsroom)
    except (ReportError, SealingError) as error:
        raise click.ClickException(str(error)) from None


def _deliver(envelope: bytes, to: str | None, out: Path | None, as_json: bool) -> None:
    digest = hashlib.sha256(envelope).hexdigest()
    if out:
        try:
            out.write_bytes(envelope)
        except OSError as error:
            raise click.ClickException(f"{out} cannot be written: {error.strerror}") from None
    if to:
        _post(envelope, to, digest)
    if as_json:
        click.echo(json.dumps({"sha256": digest, "size": len(envelope), "held": bool(to)}))
    else:
        click.echo(f"{'held' if to else 'sealed'} {digest}")


def _post(envelope: bytes, to: str, digest: str) -> None:
    url = f"{to.rstrip('/')}/envelopes"
    if not url.startswith(("http://", "https://")):
        raise click.UsageError("--to must be an http:// or https:// address")
    request = urllib.request.Request(url, envelope, {"content-type": "application/octet-stream"})  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - checked above
            said = answer.read(256).decode("ascii", "replace").strip()
    except OSError as error:
        raise click.ClickException(
            f"the drop at {to} could not be reached ({error}); nothing was sent"
        ) from None
    if said == "later":
        raise click.ClickException("the drop is full: send it again in a few hours")
    if said != f"held {digest}":
        raise click.ClickException("the drop's answer does not match what was sent: take it as not delivered")
