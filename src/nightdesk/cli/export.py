"""`nightdesk export`: the cleared incident record, from signed Releases."""

from __future__ import annotations

from pathlib import Path

import click

from nightdesk.press import record
from nightdesk.press.shelf import Shelf, load, trusted_identity
from nightdesk.press.today import today
from nightdesk.release.model import ReleaseError
from nightdesk.release.signing import fingerprint, read_identity


@click.command()
@click.argument("releases", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "datapackage", "jsonl"]),
    default="csv",
    show_default=True,
    help="datapackage writes a folder: acts.csv and datapackage.json.",
)
@click.option(
    "--out",
    required=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="File or folder to write; - prints csv and jsonl.",
)
@click.option(
    "--identity", metavar="HEX", help="The newsroom's identity, 64 hex digits, from a trusted place."
)
def command(releases: Path, form: str, out: Path, identity: str | None) -> None:
    """Export the cleared incident record from signed Releases.

    Only what is public today: the newest version of each story that was not withdrawn.

    \b
    Examples:
      nightdesk export D/releases --format csv --out acts.csv
      nightdesk export D/releases --format datapackage --out acts/
      nightdesk export D/releases --format jsonl --out - | head
    """  # fmt: skip
    try:
        trusted = read_identity(identity) if identity else trusted_identity(releases)
        shelf = load(releases, trusted, today())
        if not identity:
            click.echo(f"Trusting the identity beside the Releases: {fingerprint(trusted)}", err=True)
        _export(shelf, form, out)
    except ReleaseError as error:
        raise click.ClickException(f"{error}. Nothing was exported.") from error
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}.") from error


def _export(shelf: Shelf, form: str, out: Path) -> None:
    table = record.rows(shelf)
    if form == "datapackage":
        if str(out) == "-":
            raise click.UsageError("a data package is a folder: give --out a path")
        out.mkdir(parents=True, exist_ok=True)
        _write(out / "acts.csv", record.to_csv(table))
        _write(out / "datapackage.json", record.datapackage(shelf, table))
    else:
        text = record.to_csv(table) if form == "csv" else record.to_jsonl(table)
        _write(out, text)
    click.echo(f"{len(table)} acts", err=True)


def _write(path: Path, text: str) -> None:
    if str(path) == "-":
        click.echo(text.encode("utf-8"), nl=False)
    else:
        path.write_bytes(text.encode("utf-8"))
