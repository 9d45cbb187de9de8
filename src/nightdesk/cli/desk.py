"""`nightdesk desk`: make a desk, give it members, run it, publish its keys, check it.

Belongs here: asking a person, printing, exit codes. Does not belong here: what the desk does
(nightdesk.desk.serve and its apps).
"""

from __future__ import annotations

import json
import os
import socket
import sys
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nightdesk.cli.shares import SHARE_FILE, backup_key
from nightdesk.desk import holding, keeper, keyfiles, listening, serve, slots
from nightdesk.desk.alone import Taken, alone
from nightdesk.desk.backup import reopening
from nightdesk.desk.keyfiles import NotReady
from nightdesk.seal.slots import SECRET

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

DIR = click.option(
    "--dir", "directory", type=click.Path(file_okay=False, path_type=Path), default=Path("nightdesk-data"),
    show_default=True, help="Folder with everything the desk owns.",
)  # fmt: skip
PASSPHRASE_FILE = click.option(
    "--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the passphrase from the first line of this file instead of asking.",
)  # fmt: skip
KEY_FILE = click.option(
    "--key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Start unlocked with a file made by `nightdesk desk key-file`.",
)  # fmt: skip
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
SHORTEST = 12


@click.group()
def command() -> None:
    """Run the newsroom's desk, or prepare one.

    \b
    Examples:
      nightdesk desk init --dir desk --name "Tumen River Post"
      nightdesk desk member --dir desk Alice --role editor --keyholder
      nightdesk desk run --dir desk --drop http://127.0.0.1:8301 --port 8472
      nightdesk desk renew --dir desk --identity /media/stick/identity.json
      nightdesk desk prepare-courier --dir desk --courier courier
      nightdesk desk check --dir desk
      nightdesk desk reopen --dir desk Alice
    """
    os.umask(0o077)  # whatever the shell says: nothing the desk writes is for others on this machine


@command.command()
@DIR
@click.option("--name", required=True, help="Name of the newsroom, in English.")
@click.option("--name-ko", default="", help="Its name in Korean.")
@PASSPHRASE_FILE
@JSON
def init(directory: Path, name: str, name_ko: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Make a new desk: its keys, its database, its first day keys.

    \b
    Examples:
      nightdesk desk init --dir desk --name "Tumen River Post" --name-ko 두만강포스트
    """
    passphrase = _new_passphrase(passphrase_file, "Passphrase of the desk")
    names = {"en": name, "ko": name_ko or name}
    try:
        identity = serve.create(directory.resolve(), names, passphrase)
    except NotReady as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps({"dir": str(directory), "identity": identity.hex()}))
        return
    click.echo(f"The desk of {name} is in {directory}.")
    click.echo(f"Its identity, which the drop is started with: {identity.hex()}")
    click.echo(
        f"Move {directory / 'keys' / keyfiles.IDENTITY} to a stick in a drawer and keep a second copy elsewhere: "
        "`nightdesk desk renew` needs it before the signing key ends after 90 days, and it must not stay on "
        "this machine."
    )


@command.command()
@DIR
@click.argument("name")
@click.option("--role", default="", help="A role of staff/roles.toml: reporter, editor, translator, analyst.")
@click.option(
    "--keyholder",
    is_flag=True,
    help="Two keyholders bring back a member who lost passphrase or factor. Alone with a member's name: marks that member.",
)
@click.option("--byline", default="", help="The name readers see; never the name to sign in with.")
@click.option(
    "--must-change",
    is_flag=True,
    help="Somebody else types the passphrase: the member takes another at the first sign-in, and gets a key then.",
)
@PASSPHRASE_FILE
@click.option(
    "--desk-passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the passphrase of the desk from the first line of this file instead of asking.",
)  # fmt: skip
@JSON
def member(
    directory: Path, name: str, role: str, keyholder: bool, byline: str, must_change: bool,
    passphrase_file: Path | None, desk_passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Add a member, with a passphrase of his or her own that unlocks the desk; or mark one as keyholder.

    Let the member type the passphrase; where you type it yourself, add --must-change.

    \b
    Examples:
      nightdesk desk member --dir desk Bob --role reporter --byline "Bob Han"
      nightdesk desk member --dir desk Bob --keyholder
    """
    _existing(directory)
    from nightdesk.desk.errors import DeskError
    from nightdesk.desk.staff import staffing
    from nightdesk.desk.staff.models import Member
    from nightdesk.desk.staff.roles import ROLES

    if role not in ROLES and (role or not keyholder):  # before anybody is asked for a passphrase
        raise click.UsageError(f"There is no role {role!r}: choose one of {', '.join(ROLES)}.")
    _unlocked(directory, desk_passphrase_file)
    there = Member.objects.filter(username=name).first()
    if there is not None and keyholder and not role:
        staffing.mark_keyholder(there)
        _say_member(there, f"{name} is a keyholder.", as_json)
        return
    if role not in ROLES:
        raise click.UsageError(f"There is no role {role!r}: choose one of {', '.join(ROLES)}.")
    try:
        staffing.refuse_name(name)
    except DeskError as error:
        raise click.ClickException(f"{error.what} {error.remedy}") from None
    passphrase = _new_passphrase(passphrase_file, f"Passphrase of {name}", name)
    made = staffing.add_here(name, role, byline, passphrase, keyholder=keyholder, must_change=must_change)
    _say_member(made, f"{name} can unlock the desk and sign in as {role}.", as_json)


def _say_member(made: Member, said: str, as_json: bool) -> None:
    facts = {"name": made.username, "role": made.role, "byline": made.byline, "keyholder": made.keyholder}
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else said)


@command.command()
@DIR
@click.option("--drop", "drop_url", default="", help="Address of the drop to collect from.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8472, show_default=True, help="0 takes a free one."
)
@click.option(
    "--listen", default=listening.LOOPBACK, show_default=True,
    help="Address to listen at; one that other machines reach needs TLS (see docs/settings.md).",
)  # fmt: skip
@click.option("--unlock", is_flag=True, help="Ask for the desk's passphrase here and start unlocked.")
@PASSPHRASE_FILE
@KEY_FILE
def run(
    directory: Path,
    drop_url: str,
    port: int,
    listen: str,
    unlock: bool,
    passphrase_file: Path | None,
    key_file: Path | None,
) -> None:
    """Serve the desk until Ctrl-C: to this machine alone, unless TLS is set. It starts locked: who signs in unlocks it.

    \b
    Examples:
      nightdesk desk run --dir desk --drop http://127.0.0.1:8301
      nightdesk desk run --dir desk --unlock
      nightdesk desk run --dir desk --listen 10.7.0.2 --port 8443
    """
    _there(directory)
    words = [sys.executable, "-m", "nightdesk", "desk", "serve", "--dir", str(directory), "--drop", drop_url]
    opening = ["--unlock"] if unlock else []
    opening += ["--passphrase-file", str(passphrase_file)] if passphrase_file else []
    opening += ["--key-file", str(key_file)] if key_file else []
    try:
        with alone(directory / serve.LOCK), keeper.listen(listening.wanted(listen, port)) as own:
            code = keeper.Keeper(own, [*words, *opening], words, _say_locked).run()
    except Taken:
        raise click.ClickException(
            f"The desk in {directory} is running already. Stop it first, or use it."
        ) from None
    except NotReady as error:
        raise click.ClickException(str(error)) from None
    if code:
        raise SystemExit(code)
    click.echo("The desk is locked: the process that held its keys has ended.")


@command.command("serve", hidden=True)
@DIR
@click.option("--drop", "drop_url", default="")
@click.option("--unlock", is_flag=True)
@click.option("--socket", "descriptor", type=int, required=True)
@click.option("--keeper", "pipe", type=int, required=True)
@PASSPHRASE_FILE
@KEY_FILE
def serve_one(
    directory: Path, drop_url: str, unlock: bool, descriptor: int, pipe: int,
    passphrase_file: Path | None, key_file: Path | None,
) -> None:  # fmt: skip
    """The process that holds the keys. `nightdesk desk run` starts it; nobody else does."""
    pair = (slots.DESK, _passphrase(passphrase_file)) if unlock or passphrase_file else None
    if key_file:
        pair = (slots.KEY_FILE, _passphrase(key_file))
    own = socket.socket(fileno=descriptor)
    address, port = own.getsockname()[:2]
    place = listening.wanted(address, port)
    try:
        serve.serve(
            directory.resolve(),
            own,
            pipe,
            pair,
            drop_url,
            lambda open_: _announce(place, open_),
        )
    except NotReady as error:
        raise click.ClickException(str(error)) from None


@command.command("publish-keys")
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
    _unlocked(directory, passphrase_file, drop_url)
    from nightdesk.desk.errors import DeskError
    from nightdesk.desk.intake import daykeys, drop

    try:
        daykeys.make_day_keys()
        days = drop.publish_keys()
    except DeskError as error:
        raise click.ClickException(f"{error.what} {error.remedy}") from None
    click.echo(json.dumps({"days": days}) if as_json else f"The drop has keys for {days} days.")


@command.command("prepare-courier")
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
    _unlocked(directory, passphrase_file)
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


@command.command()
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
    _existing(directory)
    passphrase = _passphrase(passphrase_file)
    identity_passphrase = _passphrase(identity_passphrase_file, "Passphrase of the identity")
    try:
        with alone(directory / serve.LOCK):
            made = keyfiles.renew(directory.resolve(), passphrase, identity_file, identity_passphrase)
    except Taken:
        raise click.ClickException("The desk is running. Stop it, renew, and start it again.") from None
    except NotReady as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"The signing key is certified until {made.not_after}. Take the stick out again.")


@command.command("key-file")
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
    _unlocked(directory, passphrase_file)
    if file is None:
        slots.drop(slots.KEY_FILE)
        click.echo("No key file opens this desk any more, once a member has unlocked it anew.")
        return
    try:
        slots.write_key_file(file)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written ({error.strerror}).") from None
    click.echo(f"{file} unlocks the desk. Keep it apart from the desk's folder.")


@command.command()
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
    _existing(directory)
    old = _passphrase(passphrase_file)
    new = _new_passphrase(new_passphrase_file, "New passphrase of the desk")
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


@command.command()
@DIR
@PASSPHRASE_FILE
@JSON
def check(directory: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Verify every custody log, look for every key file, compare the search index; exit 1 when something is wrong.

    \b
    Examples:
      nightdesk desk check --dir desk
      nightdesk desk check --dir desk --json
    """
    _unlocked(directory, passphrase_file)
    from nightdesk.desk import checking

    found = checking.check(directory.resolve())
    if as_json:
        click.echo(json.dumps(asdict(found)))
    else:
        looked_at = f"{found.chains} custody logs, {found.keys} day keys and {found.found} searchable rows"
        click.echo("\n".join([f"{looked_at} looked at.", *found.faults]))
    if found.faults:
        raise click.ClickException(
            "Something is not as it was left. Take the desk offline and compare a backup."
        )


@command.command()
@DIR
@PASSPHRASE_FILE
def reindex(directory: Path, passphrase_file: Path | None) -> None:
    """Make the search index anew from the rows. The desk must not run meanwhile.

    \b
    Examples:
      nightdesk desk reindex --dir desk
    """
    _unlocked(directory, passphrase_file)
    from nightdesk.desk import beginning
    from nightdesk.desk.search import keeping

    try:
        with alone(directory / serve.LOCK):
            beginning.migrate()
            watched = sys.stderr if sys.stderr.isatty() else StringIO()
            bar = click.progressbar(length=keeping.total(), label="Indexing", file=watched)
            with bar:
                done = keeping.rebuild(bar.update)
    except Taken:
        raise click.ClickException("The desk is running. Stop it, reindex, and start it again.") from None
    click.echo(f"{done} rows can be searched.")


@command.command()
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
    _existing(directory)
    key = backup_key(share_files)
    try:
        with alone(directory / serve.LOCK):
            asked = f"New passphrase of {name or 'the desk'}"
            reopening.reopen(
                directory.resolve(), key, name, lambda: _new_passphrase(passphrase_file, asked, name)
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


def _there(directory: Path) -> None:
    """Before anybody is asked for a passphrase: is there a desk, and is its folder its owner's alone?"""
    if not (directory / "keys").is_dir():
        raise click.ClickException(f"There is no desk in {directory}. Make one with `nightdesk desk init`.")
    if directory.stat().st_mode & 0o022:
        raise click.ClickException(
            f"Others on this machine may write into {directory}: run `chmod 700 {directory}` first."
        )


def _existing(directory: Path, drop_url: str = "") -> None:
    _there(directory)
    serve.prepare(directory.resolve(), drop_url)


def _unlocked(directory: Path, passphrase_file: Path | None, drop_url: str = "") -> None:
    """This process holds the desk's keys from here on."""
    _existing(directory, drop_url)
    try:
        held = keyfiles.unlock(directory.resolve(), _passphrase(passphrase_file)).secret
    except NotReady as error:
        raise click.ClickException(str(error)) from None
    holding.hold(directory.resolve())
    if len(held) > SECRET:
        raise click.ClickException(
            "The desk's secret was being renewed when the power was cut. Run the desk and let a member sign in: "
            "that ends it. Then try again."
        )


def _passphrase(file: Path | None, asked: str = "Passphrase of the desk") -> str:
    if file is None:
        return str(click.prompt(asked, hide_input=True))
    try:
        return (file.read_text("utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError):
        raise click.ClickException(f"{file} cannot be read as UTF-8 text.") from None


def _new_passphrase(file: Path | None, asked: str, member: str = "") -> str:
    """A new passphrase of the desk, or of `member`, which keeps the rule of the screens as well."""
    if file is None:
        passphrase = str(click.prompt(asked, hide_input=True, confirmation_prompt=True))
    else:
        passphrase = _passphrase(file)
    if len(passphrase) < SHORTEST:
        raise click.ClickException(f"That is short: take {SHORTEST} characters or more, best several words.")
    if member:
        from django.utils import translation

        from nightdesk.desk.staff.passphrases import fault_of

        with translation.override("en"):  # commands speak English
            if fault := fault_of(passphrase, passphrase, member):
                raise click.ClickException(fault)
    return passphrase


def _announce(place: listening.Place, unlocked: bool) -> None:
    only = " for this machine only" if place.loopback else ""
    state = "It is unlocked" if unlocked else "It is locked: sign in to unlock it"
    click.echo(f"The desk is at {place.url()}{only}. {state}. Ctrl-C locks and ends it.")


def _say_locked() -> None:
    click.echo("The desk was locked: the process that held its keys has ended.")
