"""What state media have said, brought in as lines: one JSON object a line, or comma-separated values with a heading.

Pure but for the form's own checks. One line that is wrong and nothing is brought in: the sentence names it. Belongs
here: lines to checked forms. Does not belong here: saving (keeping.py), fetching anything.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from nightdesk.desk.errors import DeskError
from nightdesk.desk.review.forms import StateMediaForm

Numbered = tuple[int, dict[Any, Any]]  # a line's number, and what it says by field
FIELDS = ("on", "outlet", "text", "citation")
WANTED = ("on", "outlet", "text")
MOST = 500  # lines at once


def checked(lines: str) -> list[StateMediaForm]:
    """A valid form a line, blank lines left out. DeskError names the first line that is wrong."""
    lines = lines.strip("\ufeff \t\r\n")
    rows = list(_objects(lines) if lines.startswith("{") else _values(lines))
    if not rows:
        raise DeskError(_("There is no line to bring in."), _("Nothing was saved."))
    if len(rows) > MOST:
        raise DeskError(
            _("More than %(n)s lines at once.") % {"n": MOST}, _("Bring them in in parts. Nothing was saved.")
        )
    return [_form(number, row) for number, row in rows]


def _form(number: int, row: dict[Any, Any]) -> StateMediaForm:
    unknown = [str(name) for name in row if name not in FIELDS]
    if unknown:
        raise _wrong(number, _("the field “%(name)s” is unknown") % {"name": unknown[0]})
    if odd := [name for name, value in row.items() if not isinstance(value, str)]:
        raise _wrong(number, _("“%(name)s” is no text") % {"name": odd[0]})
    form = StateMediaForm(row)
    for name, errors in form.errors.items():
        raise _wrong(number, f"{name}: {errors[0]}")
    return form


def _objects(lines: str) -> Iterator[Numbered]:
    for number, line in enumerate(lines.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise _wrong(number, _("it is no JSON")) from error
            if not isinstance(row, dict):
                raise _wrong(number, _("it is no JSON object"))
            yield number, row


def _values(lines: str) -> Iterator[Numbered]:
    """Rows under the heading's names; what stands beyond the last name has none."""
    reader = csv.DictReader(lines.splitlines(), restval="", strict=True)
    try:
        heading = [name.strip() for name in reader.fieldnames or ()]
        if heading and not set(WANTED) <= set(heading):
            raise _wrong(1, _("the heading has to name on, outlet and text"))
        reader.fieldnames = heading
        for row in reader:
            if None in row:
                raise _wrong(reader.line_num, _("it has more values than the heading has names"))
            yield reader.line_num, dict(row)
    except csv.Error as error:
        raise _wrong(
            reader.line_num, _("its values cannot be told apart; look at its quotation marks")
        ) from error


def _wrong(number: int, why: str) -> DeskError:
    return DeskError(
        _("Line %(n)s cannot be brought in: %(why)s.") % {"n": number, "why": why.rstrip(".")},
        _("Nothing was saved; mend it and send all lines again."),
    )
