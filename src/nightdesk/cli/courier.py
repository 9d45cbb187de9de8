"""`nightdesk courier`: carry ciphertext and what was signed before, while the desk is locked.

Belongs here: arguments, printing, the clock, chance, waiting. Does not belong here: what a round does
(nightdesk.courier).
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import threading
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from nightdesk.courier.drop import Drop
from nightdesk.courier.hold import MOST, MOST_MIB, Hold
from nightdesk.courier.releasing import Press
from nightdesk.courier.rounds import Courier, Done, pause
from nightdesk.courier.trouble import Trouble, of_disk

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--parcel", type=FOLDER, required=True, help="Folder of what the desk signed in advance.")
@click.option("--drop", "drop_url", required=True, help="Address of the drop.")
@click.option("--hold", "hold_dir", type=FOLDER, required=True, help="Where envelopes wait for the desk.")
@click.option(
    "--identity", metavar="HEX", required=True, help="The newsroom's public key, 64 hexadecimal digits."
)
@click.option("--press", "press_dir", type=FOLDER, help="Where releases go when their hour has come.")
@click.option("--site", type=FOLDER, help="With --press: the site that `nightdesk press` then builds.")
@click.option("--base-url", default="", help="With --site: the address the site has.")
@click.option(
    "--every", type=click.IntRange(1, 86400), default=60, show_default=True, help="Seconds between rounds."
)
@click.option(
    "--most", type=click.IntRange(1, MOST), default=MOST, show_default=True, help="Envelopes in the hold."
)
@click.option(
    "--most-mib", type=click.IntRange(1), default=MOST_MIB, show_default=True, help="MiB in the hold."
)
@click.option("--once", is_flag=True, help="One round; exit 1 when something was wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a round.")
def command(
    parcel: Path, drop_url: str, hold_dir: Path, identity: str, press_dir: Path | None, site: Path | None,
    base_url: str, every: int, most: int, most_mib: int, once: bool, as_json: bool,
) -> None:  # fmt: skip
    """Carry ciphertext, key lists and scheduled releases while the desk is locked. It holds no key.

    \b
    Examples:
      nightdesk courier --parcel courier/parcel --hold courier/hold --identity 5f1c…e2 --drop http://127.0.0.1:8301
      nightdesk courier --parcel p --hold h --identity 5f1c…e2 --drop http://… --press releases --site site
    """  # fmt: skip
    os.umask(0o077)
    if site and not press_dir:
        raise click.UsageError("--site wants --press too")
    press = Press(press_dir, site, base_url) if press_dir else None
    try:
        hold = Hold(hold_dir, most, most_mib)
        with hold.alone():
            courier = Courier(parcel, _identity(identity), hold, Drop(drop_url), press)
            _go(courier, every, once, as_json)
    except Trouble as trouble:
        raise click.ClickException(str(trouble)) from None
    except OSError as error:
        raise click.ClickException(str(of_disk(error, hold_dir))) from None


def _go(courier: Courier, every: int, once: bool, as_json: bool) -> None:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    failures, before = 0, Done()
    while not stop.is_set():
        done = courier.round(datetime.now(UTC))
        _say(done, before, as_json)
        if once:
            raise SystemExit(1 if done.troubles else 0)
        failures, before = (failures + 1 if done.down else 0), done
        stop.wait(pause(every, failures, secrets.randbelow(1000) / 1000))
    if not as_json:
        click.echo("The courier has stopped. What it holds waits for the desk.")


def _say(done: Done, before: Done, as_json: bool) -> None:
    """Every round as JSON; in words only what is new, so that a night of nothing is a quiet night."""
    if as_json:
        click.echo(json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **asdict(done)}))
        return
    if done.collected:
        click.echo(f"{done.collected} envelopes fetched; {done.held} wait for the desk.")
    if done.keys == "pushed":
        click.echo("The key list is on the drop.")
    if done.board == "pushed":
        click.echo("The reply board is on the drop.")
    for name in done.released:
        click.echo(f"Released as scheduled: {name}.")
    for sentence in done.troubles:
        if sentence not in before.troubles:
            click.echo(sentence, err=True)
    if before.troubles and not done.troubles:
        click.echo("All is well again.")


def _identity(words: str) -> bytes:
    try:
        identity = bytes.fromhex(words.strip())
    except ValueError:
        identity = b""
    if len(identity) != 32:
        raise click.UsageError("--identity is the newsroom's public key: 64 hexadecimal digits")
    return identity
