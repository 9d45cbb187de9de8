"""What state media have said, or tables of groups, brought in as lines: one JSON object a line,
or values under a heading, separated by commas, semicolons or, as a spreadsheet copies them, tabs.

Pure but for the form's own checks. One line that is wrong and nothing is brought in: the sentence names it. Belongs
here: lines to checked forms. Does not belong here: saving (keeping.py), fetching anything.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext as _

from nightdesk.desk.errors import DeskError
from nightdesk.desk.review.forms import GroupForm, StateMediaForm

Numbered = tuple[int, dict[Any, Any]]  # a line's number, and what it says by field
One = TypeVar("One", StateMediaForm, GroupForm)
MOST = 500  # lines at once
HALF = re.compile("[\ud800-\udfff]")  # half a character, which JSON can write and no database takes


def checked(lines: str, form: type[One]) -> list[One]:
    """A valid form a line, blank lines left out. DeskError names the first line that is wrong."""
    lines = lines.strip("\ufeff \t\r\n")
    wanted = [name for name, field in form.base_fields.items() if field.required]
    rows = list(_objects(lines) if lines.startswith("{") else _values(lines, wanted))
    if not rows:
        raise DeskError(_("There is no line to bring in."), _("Nothing was saved."))
    if len(rows) > MOST:
        raise DeskError(
            _("More than %(n)s lines at once.") % {"n": MOST}, _("Bring them in in parts. Nothing was saved.")
        )
    return [_form(number, row, form) for number, row in rows]


def _form(number: int, row: dict[Any, Any], made: type[One]) -> One:
    unknown = [str(name) for name in row if name not in made.base_fields]
    if unknown:
        raise _wrong(number, _("the field “%(name)s” is unknown") % {"name": unknown[0]})
    if odd := [name for name, value in row.items() if not _fits(made.base_fields[name], value)]:
        raise _wrong(number, _("“%(name)s” is no text") % {"name": odd[0]})
    form = made(row)
    for name, errors in form.errors.items():
        raise _wrong(number, f"{name}: {errors[0]}")
    return form


def _fits(field: forms.Field, value: object) -> bool:
    """Text anywhere; where people are counted a number may stand as JSON writes it."""
    counts = isinstance(field, forms.IntegerField) and isinstance(value, int) and not isinstance(value, bool)
    return counts or (isinstance(value, str) and not HALF.search(value))


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


def _values(lines: str, wanted: list[str]) -> Iterator[Numbered]:
    """Rows under the heading's names; what stands beyond the last name has none."""
    first = lines.partition("\n")[0]
    apart = next((one for one in "\t;" if one in first), ",")  # no field's name holds one of these
    reader = csv.DictReader(lines.splitlines(), restval="", strict=True, delimiter=apart)
    try:
        heading = [name.strip() for name in reader.fieldnames or ()]
        if heading and not set(wanted) <= set(heading):
            raise _wrong(1, _("the heading has to name %(names)s") % {"names": ", ".join(wanted)})
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
