"""Finds the extra that knows Korean names, where somebody installed it, and loads it when it is first asked.

Reading itself stays pure: `read(…, names=…)` is given what this returns. Belongs here: whether there is
an extra. Does not belong here: what it does (packaging/names-ko).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from nightdesk.reading.find import Find
from nightdesk.reading.labels import Label, Names

PACKAGE = "nightdesk_names_ko"
ENGINE = "kiwipiepy"


def names_where_installed() -> Names | None:
    """What `read` takes as `names`, or None where the extra is missing. Nothing is loaded until it is called."""
    return _names if find_spec(PACKAGE) and find_spec(ENGINE) else None


@cache
def _module() -> ModuleType:
    return import_module(PACKAGE)


def _names(text: str, finds: Sequence[Find]) -> Sequence[Label]:
    found: Sequence[Label] = _module().names(text, finds)
    return found
