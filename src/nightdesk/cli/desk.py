"""`nightdesk desk`: make a desk, give it members, run it, publish its keys, check it.

Belongs here: asking a person, printing, exit codes. Does not belong here: what the desk does
(nightdesk.desk.serve and its apps).
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nightdesk.cli import asking, deskcare, deskkeys
from nightdesk.cli.asking import DIR, JSON, KEY_FILE, PASSPHRASE_FILE
from nightdesk.desk import keeper, keyfiles, listening, serve, slots
from nightdesk.desk.alone import Taken, alone
from nightdesk.desk.keyfiles import NotReady

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


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
    passphrase = asking.new_passphrase(passphrase_file, "Passphrase of the desk")
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
@click.option(
    "--vouch", is_flag=True,
    help="Vouch for a member who was added or let in on a screen, where no other editor or keyholder can.",
)  # fmt: skip
@PASSPHRASE_FILE
@click.option(
    "--desk-passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the passphrase of the desk from the first line of this file instead of asking.",
)  # fmt: skip
@JSON
def member(
    directory: Path, name: str, role: str, keyholder: bool, byline: str, must_change: bool, vouch: bool,
    passphrase_file: Path | None, desk_passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Add a member, with a passphrase of his or her own that unlocks the desk; or mark one as keyholder, or vouch for one.

    Let the member type the passphrase; where you type it yourself, add --must-change.

    \b
    Examples:
      nightdesk desk member --dir desk Bob --role reporter --byline "Bob Han"
      nightdesk desk member --dir desk Bob --keyholder
      nightdesk desk member --dir desk Bob --vouch
    """
    asking.existing(directory)
    from nightdesk.desk.errors import DeskError
    from nightdesk.desk.staff import staffing
    from nightdesk.desk.staff.models import Member
    from nightdesk.desk.staff.roles import ROLES

    if vouch and role:
        raise click.UsageError("--vouch is for a member who is there already: leave --role out.")
    if role not in ROLES and (role or not (keyholder or vouch)):  # before anybody is asked for a passphrase
        raise click.UsageError(f"There is no role {role!r}: choose one of {', '.join(ROLES)}.")
    asking.unlocked(directory, desk_passphrase_file)
    there = Member.objects.filter(username=name).first()
    if vouch and there is None:
        raise click.UsageError(f"There is no member {name!r}.")
    if there is not None and (keyholder or vouch) and not role:
        said = _vouched_for(there) if vouch else ""
        if keyholder:
            staffing.mark_keyholder(there)
            said = f"{said} {name} is a keyholder.".lstrip()
        _say_member(there, said, as_json)
        return
    if role not in ROLES:
        raise click.UsageError(f"There is no role {role!r}: choose one of {', '.join(ROLES)}.")
    try:
        staffing.refuse_name(name)
    except DeskError as error:
        raise click.ClickException(f"{error.what} {error.remedy}") from None
    passphrase = asking.new_passphrase(passphrase_file, f"Passphrase of {name}", name)
    made = staffing.add_here(name, role, byline, passphrase, keyholder=keyholder, must_change=must_change)
    _say_member(made, f"{name} can unlock the desk and sign in as {role}.", as_json)


def _vouched_for(member: Member) -> str:
    from nightdesk.desk.errors import DeskError
    from nightdesk.desk.staff import vouching

    try:
        vouching.vouch_here(member)
    except DeskError as error:
        raise click.ClickException(f"{error.what} {error.remedy}") from None
    return f"{member.username} counts as a person of his or her own."


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
    asking.there(directory)
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
    pair = (slots.DESK, asking.old_passphrase(passphrase_file)) if unlock or passphrase_file else None
    if key_file:
        pair = (slots.KEY_FILE, asking.old_passphrase(key_file))
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


def _announce(place: listening.Place, unlocked: bool) -> None:
    only = " for this machine only" if place.loopback else ""
    state = "It is unlocked" if unlocked else "It is locked: sign in to unlock it"
    click.echo(f"The desk is at {place.url()}{only}. {state}. Ctrl-C locks and ends it.")


def _say_locked() -> None:
    click.echo("The desk was locked: the process that held its keys has ended.")


for _each in (
    deskkeys.publish_keys, deskkeys.prepare_courier, deskkeys.renew, deskkeys.key_file, deskkeys.passphrase,
    deskcare.check, deskcare.check_terms, deskcare.reindex, deskkeys.reopen,
):  # fmt: skip
    command.add_command(_each)
