"""One command, `nightdesk`: a file a subcommand, each loaded only when it runs.

Belongs here: arguments, printing, exit codes (0 done, 1 the input was refused, 2 the call was
wrong). Does not belong here: what a room knows.
"""

from __future__ import annotations

import importlib

import click

COMMANDS: dict[str, str] = {
    "demo": "Start the invented newsroom: drop, desk and press on this machine.",
    "desk": "Run the newsroom's desk, or prepare one.",
    "check": "Verify every custody log, key file and the search index of a desk.",
    "backup": "Write a sealed backup of the desk, or print the paper shares of its key.",
    "restore": "Restore a desk from its backup and prove it row by row.",
    "panic": "Lock the desk at once; destroy its sealed keys when asked.",
    "lock": "Lock a running desk at once: the process that holds its keys ends.",
    "drop": "Run the internet-facing drop.",
    "courier": "Carry ciphertext and signed documents while the desk is locked.",
    "press": "Build the public site from signed Releases.",
    "seal": "Seal a report into an Envelope.",
    "open": "Open an Envelope with the desk's keyring.",
    "read": "Find money, dates, places, units and quantities in text.",
    "corroborate": "Say which reports tell of one event, and from how many origins.",
    "review": "Show what in a draft could single somebody out.",
    "export": "Export the cleared incident record from Releases.",
}


class LazyGroup(click.Group):
    """Imports a subcommand's room only when that subcommand is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"nightdesk.cli.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="nightdesk", message="nightdesk %(version)s (not audited)")
def main() -> None:
    """Nightdesk: the desk of a newsroom whose sources cannot be named.

    \b
    Examples:
      nightdesk demo
      nightdesk read < reports.jsonl
      nightdesk press releases site
    """
