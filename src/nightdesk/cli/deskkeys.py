"""`nightdesk desk`, the commands about keys: published, prepared, renewed, changed, reopened with paper.

Belongs here: asking, printing, exit codes. Does not belong here: what keys are (nightdesk.desk, nightdesk.seal).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from nightdesk.cli import asking
from nightdesk.cli.asking import DIR, JSON, PASSPHRASE_FILE
from nightdesk.cli.shares import SHARE_FILE, backup_key
from nightdesk.desk import keyfiles, serve, slots
from nightdesk.desk.alone import Taken, alone
from nightdesk.desk.backup import reopening
from nightdesk.desk.keyfiles import NotReady


@click.command("publish-keys")
@DIR
@click.option("--drop", "drop_url", default="", help="Address of the drop.")
@PASSPHRASE_FILE
@JSON
def publish_keys(directory: Path, drop_url: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Make day keys ahead, sign their list and put it on the drop.

    \b
    Examples:
      nightdesk desk publish-keys --dir desk --drop http://127.0.0.1:8301
    """
    asking.unlocked(directory, passphrase_file, drop_url)
    from nightdesk.desk.errors import DeskError
    from nightdesk.desk.intake import daykeys, drop

    try:
        daykeys.make_day_keys()
        days = drop.publish_keys()
    except DeskError as error:
        raise click.ClickException(f"{error.what} {error.remedy}") from None
    click.echo(json.dumps({"days": days}) if as_json else f"The drop has keys for {days} days.")


@click.command("prepare-courier")
@DIR
@click.option(
    "--courier", type=click.Path(file_okay=False, path_type=Path),
    help="Folder shared with the courier; else NIGHTDESK_COURIER_DIR.",
)  # fmt: skip
@click.option("--days", type=click.IntRange(1, 14), default=7, show_default=True, help="Days beyond today.")
@PASSPHRASE_FILE
@JSON
def prepare_courier(
    directory: Path, courier: Path | None, days: int, passphrase_file: Path | None, as_json: bool
) -> None:
    """Sign what a courier carries while the desk is locked: requests, key list, scheduled releases.

    \b
    Examples:
      nightdesk desk prepare-courier --dir desk --courier courier --days 7
    """
    if courier is not None:
        os.environ["NIGHTDESK_COURIER_DIR"] = str(courier.resolve())
    asking.unlocked(directory, passphrase_file)
    from nightdesk.desk.courier.actions import prepare
    from nightdesk.desk.courier.parcels import folder
    from nightdesk.desk.errors import DeskError

    try:
        made = prepare(None, days)
    except DeskError as error:
        raise click.ClickException(f"{error.what} {error.remedy}") from None
    if as_json:
        click.echo(json.dumps({"parcel": str(folder()), "last_day": made.last_day.isoformat()}))
    else:
        click.echo(f"The courier is prepared until {made.last_day}: {folder()}.")


@click.command()
@DIR
@click.option(
    "--identity", "identity_file", type=click.Path(dir_okay=False, path_type=Path), required=True,
    help="The identity's file, from the stick it is kept on.",
)  # fmt: skip
@PASSPHRASE_FILE
@click.option(
    "--identity-passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the identity's passphrase from the first line of this file instead of asking.",
)  # fmt: skip
def renew(
    directory: Path, identity_file: Path, passphrase_file: Path | None, identity_passphrase_file: Path | None
) -> None:
    """Make a new signing key, certified by the offline identity for another 90 days.

    \b
    Examples:
      nightdesk desk renew --dir desk --identity /media/stick/identity.json
    """
    asking.existing(directory)
    passphrase = asking.old_passphrase(passphrase_file)
    identity_passphrase = asking.old_passphrase(identity_passphrase_file, "Passphrase of the identity")
    try:
        with alone(directory / serve.LOCK):
            made = keyfiles.renew(directory.resolve(), passphrase, identity_file, identity_passphrase)
    except Taken:
        raise click.ClickException("The desk is running. Stop it, renew, and start it again.") from None
    except NotReady as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"The signing key is certified until {made.not_after}. Take the stick out again.")


@click.command("key-file")
@DIR
@click.option(
    "--to", "file", type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write, on another medium than the desk; it must not exist.",
)  # fmt: skip
@click.option("--remove", is_flag=True, help="Let no key file open the desk any more.")
@PASSPHRASE_FILE
def key_file(directory: Path, file: Path | None, remove: bool, passphrase_file: Path | None) -> None:
    """Make a file that unlocks the desk without a passphrase, or end the one there is.

    \b
    Examples:
      nightdesk desk key-file --dir desk --to /media/stick/desk.key
      nightdesk desk key-file --dir desk --remove
    """
    if (file is None) != remove:
        raise click.UsageError("Name the file with --to, or say --remove.")
    if file is not None and file.exists():
        raise click.ClickException(f"{file} is there already. Name another file.")
    asking.unlocked(directory, passphrase_file)
    if file is None:
        slots.drop(slots.KEY_FILE)
        click.echo("No key file opens this desk any more, once a member has unlocked it anew.")
        return
    try:
        slots.write_key_file(file)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written ({error.strerror}).") from None
    click.echo(f"{file} unlocks the desk. Keep it apart from the desk's folder.")


@click.command()
@DIR
@PASSPHRASE_FILE
@click.option(
    "--new-passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the new passphrase from the first line of this file instead of asking.",
)  # fmt: skip
def passphrase(directory: Path, passphrase_file: Path | None, new_passphrase_file: Path | None) -> None:
    """Change the passphrase of the desk.

    \b
    Examples:
      nightdesk desk passphrase --dir desk
    """
    asking.existing(directory)
    old = asking.old_passphrase(passphrase_file)
    new = asking.new_passphrase(new_passphrase_file, "New passphrase of the desk")
    try:
        with alone(directory / serve.LOCK):
            keyfiles.change_passphrase(directory.resolve(), old, new)
    except Taken:
        raise click.ClickException(
            "The desk is running. Stop it, change the passphrase, and start it again."
        ) from None
    except NotReady as error:
        raise click.ClickException(str(error)) from None
    click.echo(
        "The desk opens with the new passphrase from now on. Copies of the old key file still open with the old one."
    )


@click.command()
@DIR
@click.argument("name", default="")
@SHARE_FILE
@PASSPHRASE_FILE
def reopen(directory: Path, name: str, share_files: tuple[Path, ...], passphrase_file: Path | None) -> None:
    """Open a desk with its paper shares and give the member NAME (or the desk itself) a new passphrase.

    For a desk whose keys were destroyed, or whose passphrases are lost. The desk must not be running.

    \b
    Examples:
      nightdesk desk reopen --dir desk Alice
      nightdesk desk reopen --dir desk --share-file one.txt --share-file two.txt
    """
    asking.existing(directory)
    key = backup_key(share_files)
    try:
        with alone(directory / serve.LOCK):
            asked = f"New passphrase of {name or 'the desk'}"
            reopening.reopen(
                directory.resolve(), key, name, lambda: asking.new_passphrase(passphrase_file, asked, name)
            )
    except Taken:
        raise click.ClickException("The desk is running. Lock and stop it, then run this again.") from None
    except NotReady as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"The new passphrase of {name or 'the desk'} opens it from now on.")
    if name:
        click.echo(
            "The member's own key is a new one: what was sealed to the old key alone (identity cards, eyes-only "
            "reports) opens to members who still have theirs. A backup from before brings old keys back: "
            "`nightdesk restore`."
        )
