"""`nightdesk backup`: write a backup, list and check what is there, print the paper shares of its key.

Belongs here: asking, printing, exit codes. Does not belong here: what a backup is (nightdesk.desk.backup).
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nightdesk.cli.asking import DIR, JSON, PASSPHRASE_FILE, unlocked
from nightdesk.cli.shares import SHARE_FILE, backup_key
from nightdesk.desk.keyfiles import NotReady

if TYPE_CHECKING:
    from nightdesk.desk.backup.making import Place
    from nightdesk.seal.recovery import Held

TO = click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the backups, best on another disk.",
)


@click.group(invoke_without_command=True)
@DIR
@TO
@click.option("--list", "listing", is_flag=True, help="Show the backups that are there instead.")
@click.option("--check", "checking", is_flag=True, help="Read every byte of every backup instead.")
@PASSPHRASE_FILE
@JSON
@click.pass_context
def command(
    ctx: click.Context, directory: Path, to: Path | None, listing: bool, checking: bool,
    passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Write a sealed backup of the whole desk, also while it runs.

    \b
    Examples:
      nightdesk backup shares --dir desk
      nightdesk backup --dir desk --to /media/disk/backups
      nightdesk backup --dir desk --to /media/disk/backups --check
    """
    os.umask(0o077)
    if ctx.invoked_subcommand is not None:
        return
    if to is None:
        raise click.UsageError("Say where the backups are with --to.")
    if to.resolve().is_relative_to(directory.resolve()):
        raise click.UsageError("A backup inside the desk's own folder is lost with it: choose another --to.")
    try:
        held = _held(directory, passphrase_file)
        told = (_list if listing else _check if checking else _write)(directory, to, held)
    except NotReady as error:
        raise click.ClickException(str(error)) from None
    click.echo(json.dumps(told.pop("_json", told)) if as_json else told["_said"])


def _held(directory: Path, passphrase_file: Path | None) -> Held:
    unlocked(directory, passphrase_file)
    from nightdesk.desk.backup import keys

    return keys.of_desk(directory.resolve(), keys.desk_secret())


def _write(directory: Path, to: Path, held: Held) -> dict[str, Any]:
    from django.conf import settings

    from nightdesk.desk import clock
    from nightdesk.desk.backup import dump, making

    watched = sys.stderr if sys.stderr.isatty() else StringIO()
    total = dump.total(dump.DESK) + dump.total(dump.KEYS)
    with click.progressbar(length=total, label="Backing up", file=watched) as bar:
        made = making.back_up(
            directory.resolve(), to.resolve(), held, {"made_at": clock.now().isoformat()}, clock.now(),
            settings.NIGHTDESK_BACKUP_KEYS_DAYS, bar.update,
        )  # fmt: skip
    said = (
        f"Backup {made.name}: {made.rows:,} rows and {made.files:,} files, of which {made.added:,} bytes are new in "
        f"the folder. The key part holds {made.keys:,} keys; {made.expired} older key parts were taken out."
    )
    if made.plain_cards:
        said += (
            f"\nNot in it: {made.plain_cards} identity cards from before cards were sealed. Ask a member cleared "
            "for each to open it once; then it is sealed and in the next backup."
        )
    return {**asdict(made), "_json": asdict(made), "_said": said}


def _place(directory: Path, to: Path, held: Held) -> Place:
    """Where this desk writes now. What it wrote before its secret was renewed opens with paper alone."""
    from nightdesk.desk.backup.making import Place

    place = Place.held(to.resolve(), held, directory.resolve() / "backup")
    if not place.main.exists:
        raise NotReady(
            f"{to} holds no backup that this desk wrote since its secret was last renewed. Earlier ones open with "
            "the paper shares alone: `nightdesk restore`."
        )
    return place


def _list(directory: Path, to: Path, held: Held) -> dict[str, Any]:
    place = _place(directory, to, held)
    keys = set(place.short.names() if place.short.exists else [])
    rows = [{"name": name, "keys": name in keys} for name in place.main.names()]
    said = [
        f"{row['name']}  {'with its key part' if row['keys'] else 'its key part has expired'}" for row in rows
    ]
    return {"_json": {"backups": rows}, "_said": "\n".join(said) or "No backup yet."}


def _check(directory: Path, to: Path, held: Held) -> dict[str, Any]:
    """Every piece of both parts is opened, and the newest backup is read through to its manifest."""
    from nightdesk.desk.backup import dump, load

    place = _place(directory, to, held)
    counted, backups = 0, len(place.main.names())
    for part, repository in ((dump.DESK, place.main), (dump.KEYS, place.short)):
        repository.check(every_byte=True)
        names = repository.names()
        counted += len(names)
        for name in names[-1:]:
            with repository.read(name) as pipe:
                stream = load.Stream.begin(load.lines_of(pipe), part)
                first, files = stream.files(None)
                told, _counters, _kept = load.tables(first, stream.rest(), False)
                load.agree_files(told.files, files)
    said = f"{backups} backup{'s' if backups != 1 else ''} in {counted} archives: all whole."
    return {"_json": {"backups": backups, "archives": counted, "whole": True}, "_said": said}


@command.command()
@DIR
@click.option(
    "--need", type=click.IntRange(2, 16), default=2, show_default=True, help="How many shares open it."
)
@click.option(
    "--of", "of", type=click.IntRange(2, 16), default=3, show_default=True, help="How many are printed."
)
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), help="Write the pages for a browser here."
)
@click.option("--new-key", is_flag=True, help="Make a new backup key: old shares open older backups only.")
@SHARE_FILE
@PASSPHRASE_FILE
def shares(
    directory: Path, need: int, of: int, html: Path | None, new_key: bool, share_files: tuple[Path, ...],
    passphrase_file: Path | None,
) -> None:  # fmt: skip
    """Print the backup key as paper shares, a page for each keyholder.

    The desk does not keep the key: another set for the same key is made from enough shares of the first.

    \b
    Examples:
      nightdesk backup shares --dir desk | lp
      nightdesk backup shares --dir desk --html /dev/shm/shares.html
      nightdesk backup shares --dir desk --need 3 --of 5 --new-key
    """
    if need > of:
        raise click.UsageError("More shares cannot be needed than there are.")
    if html is not None and html.exists():
        raise click.UsageError(f"{html} is there already: choose another name.")
    try:
        unlocked(directory, passphrase_file)
        said, page = _printed(directory.resolve(), need, of, new_key, share_files)
    except NotReady as error:
        raise click.ClickException(str(error)) from None
    if html is None:
        click.echo(said)
    else:
        from nightdesk.desk.private import write_private

        write_private(html, page.encode())
        click.echo(
            f"{of} pages are in {html}. Print them, then destroy the file: whoever has it has the desk."
        )


def _printed(
    directory: Path, need: int, of: int, new_key: bool, share_files: tuple[Path, ...]
) -> tuple[str, str]:
    from nightdesk.desk import clock, newsroom
    from nightdesk.desk.backup import keys, pages, shares
    from nightdesk.seal.recovery import fingerprint, public

    secret = keys.desk_secret()
    is_first = not (directory / "keys" / keys.BACKUP_FILE).exists()
    if new_key or is_first:
        key = keys.make(directory, secret)
    else:
        key = _same(keys.of_desk(directory, secret), share_files)
    if new_key and not is_first:
        click.echo("A new backup key: earlier shares open earlier backups only, and no newer one.", err=True)
    elif not is_first:
        click.echo("Another set for the same key: the shares printed before still open it.", err=True)
    names = newsroom.facts()["name"]
    made = pages.pages(
        shares.split(key, need, of), need, {"en": names} if isinstance(names, str) else names, clock.today(),
        fingerprint(public(key)),
    )  # fmt: skip
    return "\f".join(pages.text(page) for page in made), pages.html(made)


def _same(held: Held, share_files: tuple[Path, ...]) -> bytes:
    """The key of this desk out of shares that were printed before: it is nowhere else."""
    from nightdesk.seal.recovery import public

    if not share_files:
        raise NotReady(
            "This desk has a backup key, and it is on paper alone. For another set of the same key give enough of "
            "its shares with --share-file; for a new key give --new-key."
        )
    key = backup_key(share_files)
    if public(key) != held.public:
        raise NotReady("These shares are of another backup key. Nothing was printed.")
    return key
