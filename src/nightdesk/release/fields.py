"""Values to JSON and back, led by the declared types alone.

`write(kind, value, at)` copies what the type `kind` declares; `read(kind, data, at)` refuses what it
does not. `at` is the path of the field, for errors: editions[0].title.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints
from unicodedata import normalize

from nightdesk.release.model import ReleaseError, Sum, Text, Words

# A run of a paragraph says which kind it is; every other type is known from its place.
TAGS: dict[str, type] = {"text": Text, "sum": Sum}
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,12})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Control characters, lone surrogates and non-characters: XML and JSON readers disagree on them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Codec:
    """How one declared type is written as JSON data and read from it; the text is the field's path."""

    write: Callable[[Any, str], Any]
    read: Callable[[Any, str], Any]


def write(kind: Any, value: Any, at: str) -> Any:
    """`value` as JSON data, copying only what `kind` declares. ReleaseError names the field."""
    return codec(kind).write(value, at)


def read(kind: Any, data: Any, at: str) -> Any:
    """The value of type `kind` that `data` says. ReleaseError names the field that does not fit."""
    return codec(kind).read(data, at)


@cache
def codec(kind: Any) -> Codec:
    """The codec of a declared type, put together once. KeyError: a type no Release may hold."""
    arguments = get_args(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _object(kind)
    if get_origin(kind) is Literal:
        return _choice(arguments)
    if get_origin(kind) is tuple:
        return _list(codec(arguments[0]))
    if get_origin(kind) is dict:
        return Codec(_words, lambda data, at: _words(_expect(dict, data, at), at))
    if kind == Words:
        return _either()
    if type(None) in arguments:
        (plain,) = (argument for argument in arguments if argument is not type(None))
        return _optional(codec(plain))
    return _run(arguments) if arguments else _LEAVES[kind]


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


@cache
def may_be_absent(kind: type) -> frozenset[str]:
    """Fields that are left out when they are None, rather than written as null."""
    return frozenset(each.name for each in fields(kind) if "absent" in each.metadata)


def _object(kind: type) -> Codec:
    parts = {name: codec(type_) for name, type_ in declared(kind).items()}
    absent = may_be_absent(kind)

    def write(value: Any, at: str) -> Any:
        said = {name: part.write(getattr(value, name), _join(at, name)) for name, part in parts.items()}
        return {name: data for name, data in said.items() if data is not None or name not in absent}

    def read(data: Any, at: str) -> Any:
        given = _expect(dict, data, at)
        for name in given:
            if name not in parts:
                raise ReleaseError(f"{_join(at, name)}: a Release has no such field")
        for name in parts:
            if name not in given and name not in absent:
                raise ReleaseError(f"{_join(at, name)}: the field is missing")
            if name in absent and name in given and given[name] is None:
                raise ReleaseError(f"{_join(at, name)}: is left out when there is none")
        return kind(**{name: parts[name].read(data, _join(at, name)) for name, data in given.items()})

    return Codec(write, read)


def _either() -> Codec:
    """Words by language, or the one text of an older document."""
    one, many = codec(str), codec(dict[str, str])

    def write(value: Any, at: str) -> Any:
        return (one if isinstance(value, str) else many).write(value, at)

    def read(data: Any, at: str) -> Any:
        return (one if isinstance(data, str) else many).read(data, at)

    return Codec(write, read)


def _run(kinds: tuple[type, ...]) -> Codec:
    """One of several types; the field `type` says which."""
    tags = {tag: kind for tag, kind in TAGS.items() if kind in kinds}
    parts = {tag: codec(kind) for tag, kind in tags.items()}

    def write(value: Any, at: str) -> Any:
        for tag, kind in tags.items():
            if isinstance(value, kind):
                return {"type": tag, **parts[tag].write(value, at)}
        raise ReleaseError(f"{at}: neither text nor a sum")

    def read(data: Any, at: str) -> Any:
        given = dict(_expect(dict, data, at))
        tag = given.pop("type", None)
        if not isinstance(tag, str) or tag not in parts:
            raise ReleaseError(f"{_join(at, 'type')}: {tag!r} is unknown; it is one of {', '.join(parts)}")
        return parts[tag].read(given, at)

    return Codec(write, read)


def _list(part: Codec) -> Codec:
    def write(value: Any, at: str) -> Any:
        return [part.write(item, f"{at}[{index}]") for index, item in enumerate(value)]

    def read(data: Any, at: str) -> Any:
        items = _expect(list, data, at)
        return tuple(part.read(item, f"{at}[{index}]") for index, item in enumerate(items))

    return Codec(write, read)


def _optional(part: Codec) -> Codec:
    return Codec(
        lambda value, at: None if value is None else part.write(value, at),
        lambda data, at: None if data is None else part.read(data, at),
    )


def _choice(choices: tuple[str, ...]) -> Codec:
    def one_of(value: Any, at: str) -> str:
        if not isinstance(value, str) or value not in choices:
            raise ReleaseError(f"{at}: {value!r} is not one of {', '.join(choices)}")
        return value

    return Codec(one_of, one_of)


def _words(value: Any, at: str) -> dict[str, str]:
    """Texts by language."""
    return {text(key, at): text(said, _join(at, key)) for key, said in value.items()}


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


_LEAVES: dict[Any, Codec] = {
    str: Codec(text, text),
    int: Codec(_integer, _integer),
    Decimal: Codec(_write_decimal, _read_decimal),
    date: Codec(_write_day, _read_day),
}


def _expect(kind: type, data: Any, at: str) -> Any:
    if not isinstance(data, kind):
        wanted = "a list" if kind is list else "an object"
        raise ReleaseError(f"{at or 'the document'}: {wanted} is wanted, this is {type(data).__name__}")
    return data


def _join(at: str, name: Any) -> str:
    return f"{at}.{name}" if at else str(name)
