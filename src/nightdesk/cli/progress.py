"""How far a long command has come: a count on a terminal's stderr, and nowhere else.

Not a subcommand. A pipe or a log sees no byte of it, and neither does a person who watches the lines
themselves come in; a short job is over before there is anything to say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

EVERY = 50  # lines between two counts
One = TypeVar("One")


def counted(items: Iterable[One]) -> Iterator[One]:
    """`items` as they are; whoever waits at a terminal sees how many were begun."""
    shown = False
    try:
        for number, item in enumerate(items, 1):
            if number % EVERY == 0 and _is_watched():
                click.echo(f"\r{number:,} lines…", err=True, nl=False)
                shown = True
            yield item
    finally:
        if shown:
            click.echo("\r\033[K", err=True, nl=False)  # the last count is wiped: what follows has its line


def _is_watched() -> bool:
    """Whether somebody looks at stderr while the output goes elsewhere."""
    return sys.stderr.isatty() and not sys.stdout.isatty()
