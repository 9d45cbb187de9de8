"""`nightdesk open`: open Envelopes with the desk's keyring and day keys, without any database."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from nightdesk.seal import slotfile, slots
from nightdesk.seal.daykeys import DayPrivateKey
from nightdesk.seal.keyring import Keyring, KeyringDamaged, WrongPassphrase, open_keyring, unwrap_day_key
from nightdesk.seal.opening import Refused, open_envelope
from nightdesk.seal.wire import SIZES, UntrustedReport

SUFFIX = ".key"


@click.command()
@click.argument("envelopes", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--keyring",
    "keyring_file",
    required=True,
    type=click.Path(path_type=Path),
    help="The desk's keyring file.",
)
@click.option("--days", required=True, type=click.Path(path_type=Path), help="Folder of day keys (*.key).")
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    help="Read the passphrase from this file's first line.",
)
@click.option("--as", "name", default="", help="Whose passphrase it is; the desk's own without.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line an Envelope.")
def command(
    envelopes: tuple[Path, ...], keyring_file: Path, days: Path, passphrase_file: Path | None, name: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Open ENVELOPES. What comes out is what a stranger wrote: nothing in it is verified.

    Exits 1 when any of them was refused; the others are printed all the same.

    \b
    Examples:
      nightdesk open --keyring keyring.json --days days note.nde
      nightdesk open --keyring keyring.json --days days --passphrase-file pass.txt --json *.nde
    """
    keyring = _keyring(keyring_file, name, _passphrase(passphrase_file))
    keys = _day_keys(keyring, days)
    opened = [_open(path, keys, keyring.newsroom_id, as_json) for path in envelopes]
    if not all(opened):
        raise SystemExit(1)


def _passphrase(file: Path | None) -> str:
    if file is None:
        return str(click.prompt("Passphrase", hide_input=True, err=True))
    try:
        return file.read_text("utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise click.ClickException(f"{file} cannot be read as UTF-8 text") from None


def _keyring(file: Path, name: str, passphrase: str) -> Keyring:
    """The keyring, by way of the slots that lie beside a desk's."""
    beside = file.with_name("slots.json")
    try:
        if beside.exists():
            secret = slots.open_slot(slotfile.read(_bytes(beside)), name, passphrase).secret
            passphrase = slots.keyring_words(secret)
        return open_keyring(_bytes(file), passphrase)
    except WrongPassphrase:
        raise click.ClickException("this passphrase does not open the keyring; type it again") from None
    except KeyringDamaged as error:
        raise click.ClickException(f"{file}: {error}") from None


def _day_keys(keyring: Keyring, folder: Path) -> dict[bytes, DayPrivateKey]:
    if not folder.is_dir():
        raise click.ClickException(f"{folder} is not a folder of day keys")
    try:
        found = [unwrap_day_key(keyring, _bytes(path)) for path in sorted(folder.glob(f"*{SUFFIX}"))]
    except KeyringDamaged as error:
        raise click.ClickException(f"{folder}: {error}") from None
    return {key.key_id: key for key in found}


def _open(path: Path, keys: dict[bytes, DayPrivateKey], newsroom: bytes, as_json: bool) -> bool:
    try:
        report = open_envelope(_bytes(path, SIZES[-1] + 1), keys, newsroom)
    except Refused as refused:
        _say_refused(path, refused, as_json)
        return False
    click.echo(_json(path, {"opened": True, **_plain(report)}) if as_json else _words(path, report))
    return True


def _say_refused(path: Path, refused: Refused, as_json: bool) -> None:
    if as_json:
        click.echo(_json(path, {"opened": False, "reason": refused.reason, "detail": str(refused)}))
    else:
        click.echo(f"{path}: refused, {refused.reason}: {refused}", err=True)


def _plain(report: UntrustedReport) -> dict[str, Any]:
    """What was said. The reply secret is no word of his, and a terminal remembers: it is left out."""
    day = report.contact_on
    return {**asdict(report, dict_factory=_without_secret), "contact_on": day.isoformat() if day else None}


def _without_secret(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in fields if name != "reply"}


def _words(path: Path, report: UntrustedReport) -> str:
    said = {name: value for name, value in _plain(report).items() if value is not None and name != "text"}
    return "\n".join(
        (f"== {path}", *(f"{name}: {value}" for name, value in said.items()), "", report.text, "")
    )


def _json(path: Path, values: dict[str, Any]) -> str:
    return json.dumps({"file": str(path), **values}, ensure_ascii=False)


def _bytes(path: Path, most: int = 1 << 20) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}") from None
