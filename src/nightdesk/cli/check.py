"""`nightdesk check`: `nightdesk desk check` by the name one looks for when something may be wrong."""

from nightdesk.cli.deskcare import check as command

__all__ = ["command"]
