"""What the tests of purging share: both people's steps at once."""

from __future__ import annotations

from nightdesk.desk.care import purging

WHY = "She asked to be forgotten."


def purge(first, second, row, *names):
    asked = purging.ask(first, row, list(names), WHY)
    return purging.confirm(second, asked.pk)
