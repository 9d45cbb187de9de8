"""Values to JSON and back, led by the declared types alone.

`write(kind, value, at)` copies what the type `kind` declares; `read(kind, data, at)` refuses what it
does not. `at` is the path of the field, for errors: editions[0].title.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from unicodedata import normalize

from nightdesk.release.model import ReleaseError, Sum, Text

# A run of a paragraph says which kind it is; every other type is known from its place.
TAGS: dict[str, type] = {"text": Text, "sum": Sum}
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,12})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Control characters, lone surrogates and non-characters: XML and JSON readers disagree on them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def write(kind: Any, value: Any, at: str) -> Any:
    """`value` as JSON data, copying only what `kind` declares. ReleaseError names the field."""
    if isinstance(kind, type) and is_dataclass(kind):
        return {n: write(t, getattr(value, n), _join(at, n)) for n, t in declared(kind).items()}
    if tagged := _tagged(kind):
        tag = next((tag for tag, type_ in tagged.items() if isinstance(value, type_)), None)
        if tag is None:
            raise ReleaseError(f"{at}: neither text nor a sum")
        return {"type": tag, **write(tagged[tag], value, at)}
    if get_origin(kind) is tuple:
        return [write(get_args(kind)[0], item, f"{at}[{i}]") for i, item in enumerate(value)]
    if get_origin(kind) is dict:
        return {text(k, at): text(v, _join(at, k)) for k, v in value.items()}
    if value is None and _optional(kind):
        return None
    return _leaf(kind).write(value, at)


def read(kind: Any, data: Any, at: str) -> Any:
    """The value of type `kind` that `data` says. ReleaseError names the field that does not fit."""
    if isinstance(kind, type) and is_dataclass(kind):
        return _read_object(kind, data, at)
    if tagged := _tagged(kind):
        return _read_tagged(tagged, data, at)
    if get_origin(kind) is tuple:
        items = _expect(list, data, at)
        return tuple(read(get_args(kind)[0], item, f"{at}[{i}]") for i, item in enumerate(items))
    if get_origin(kind) is dict:
        return {text(k, at): text(v, _join(at, k)) for k, v in _expect(dict, data, at).items()}
    if data is None and _optional(kind):
        return None
    return _leaf(kind).read(data, at)


def text(value: Any, at: str) -> str:
    """`value` in NFC. ReleaseError when it is no text, or holds what readers cannot agree on."""
    if not isinstance(value, str):
        raise ReleaseError(f"{at}: text is wanted, this is {type(value).__name__}")
    if bad := _UNPRINTABLE.search(value):
        raise ReleaseError(f"{at}: holds the control character U+{ord(bad.group()):04X}")
    return normalize("NFC", value)


@cache
def declared(kind: type) -> dict[str, Any]:
    """The allow-list of `kind`: each declared field and its type."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _read_object(kind: type, data: Any, at: str) -> Any:
    given = _expect(dict, data, at)
    allowed = declared(kind)
    for name in given:
        if name not in allowed:
            raise ReleaseError(f"{_join(at, name)}: a Release has no such field")
    for name in allowed:
        if name not in given:
            raise ReleaseError(f"{_join(at, name)}: the field is missing")
    return kind(**{name: read(type_, given[name], _join(at, name)) for name, type_ in allowed.items()})


def _read_tagged(tagged: dict[str, type], data: Any, at: str) -> Any:
    given = dict(_expect(dict, data, at))
    tag = given.pop("type", None)
    if not isinstance(tag, str) or tag not in tagged:
        raise ReleaseError(f"{_join(at, 'type')}: {tag!r} is unknown; it is one of {', '.join(tagged)}")
    return _read_object(tagged[tag], given, at)


def _tagged(kind: Any) -> dict[str, type]:
    members = get_args(kind) if get_origin(kind) in (Union, types.UnionType) else ()
    return {tag: type_ for tag, type_ in TAGS.items() if type_ in members}


def _optional(kind: Any) -> bool:
    return type(None) in get_args(kind)


class _Leaf:
    """How one plain type is written and read."""

    def __init__(self, write: Callable[[Any, str], Any], read: Callable[[Any, str], Any]) -> None:
        self.write, self.read = write, read


def _leaf(kind: Any) -> _Leaf:
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        return _Leaf(lambda v, at: _choice(choices, v, at), lambda v, at: _choice(choices, v, at))
    plain = next((k for k in get_args(kind) if k is not type(None)), kind)
    return _LEAVES[plain]


def _choice(choices: tuple[str, ...], value: Any, at: str) -> str:
    if not isinstance(value, str) or value not in choices:
        raise ReleaseError(f"{at}: {value!r} is not one of {', '.join(choices)}")
    return value


def _integer(value: Any, at: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ReleaseError(f"{at}: a whole number is wanted, this is {type(value).__name__}")
    return value


def _write_decimal(value: Any, at: str) -> str:
    said = format(value, "f") if isinstance(value, Decimal) else ""
    _read_decimal(said, at)
    return said


def _read_decimal(value: Any, at: str) -> Decimal:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise ReleaseError(f"{at}: a decimal such as 20000 or 0.1402 is wanted")
    return Decimal(value)


def _write_day(value: Any, at: str) -> str:
    if type(value) is not date:  # a datetime is a date too, and would say the minute
        raise ReleaseError(f"{at}: a day is wanted, this is {type(value).__name__}")
    return value.isoformat()


def _read_day(value: Any, at: str) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # 2023-02-30: told below like any other
    raise ReleaseError(f"{at}: a day such as 2023-12-18 is wanted")


_LEAVES: dict[Any, _Leaf] = {
    str: _Leaf(text, text),
    int: _Leaf(_integer, _integer),
    Decimal: _Leaf(_write_decimal, _read_decimal),
    date: _Leaf(_write_day, _read_day),
}


def _expect(kind: type, data: Any, at: str) -> Any:
    if not isinstance(data, kind):
        wanted = "a list" if kind is list else "an object"
        raise ReleaseError(f"{at or 'the document'}: {wanted} is wanted, this is {type(data).__name__}")
    return data


def _join(at: str, name: Any) -> str:
    return f"{at}.{name}" if at else str(name)
