"""No public type has a place for a source."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import Any, get_args

import pytest

from nightdesk.release import model
from nightdesk.release.fields import declared
from nightdesk.release.model import Release

PRIVATE = (
    "source",
    "contact",
    "report",
    "relay",
    "pseudonym",
    "teller",
    "claim",
    "envelope",
    "member",
    "card",
)
# Who published the exchange rate, the ECB for one: public by nature.
PUBLIC_BY_NATURE = {"Sum.rate_source"}


def reachable(kind: Any, seen: set[type]) -> set[type]:
    """Every dataclass that a value of `kind` may hold."""
    if is_dataclass(kind) and isinstance(kind, type) and kind not in seen:
        seen.add(kind)
        for type_ in declared(kind).values():
            reachable(type_, seen)
    for part in get_args(kind):
        reachable(part, seen)
    return seen


def all_types() -> set[type]:
    own = {value for value in vars(model).values() if isinstance(value, type) and is_dataclass(value)}
    return own | reachable(Release, set())


def private_fields(kinds: set[type]) -> list[str]:
    return [
        f"{kind.__name__}.{name}"
        for kind in kinds
        for name, type_ in declared(kind).items()
        if any(word in f"{name} {_annotation(type_)}".lower() for word in PRIVATE)
    ]


def _annotation(type_: Any) -> str:
    """Names of the types, without the values of a Literal such as 'reported'."""
    return (
        getattr(type_, "__name__", "") if not get_args(type_) else " ".join(map(_annotation, get_args(type_)))
    )


def test_no_public_type_has_a_field_for_a_source() -> None:
    assert set(private_fields(all_types())) <= PUBLIC_BY_NATURE


def test_the_check_would_find_one() -> None:
    from dataclasses import dataclass

    @dataclass
    class Leak:
        told_by_source: str

    assert private_fields({Leak}) == ["Leak.told_by_source"]


def test_every_public_type_comes_from_this_module() -> None:
    assert {kind.__module__ for kind in all_types()} == {"nightdesk.release.model"}


@pytest.mark.parametrize("kind", sorted(all_types(), key=lambda kind: kind.__name__))
def test_public_values_cannot_be_extended_in_place(kind: type) -> None:
    assert "__slots__" in vars(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]  # dataclass internals
