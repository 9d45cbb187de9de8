"""Finds the extra that knows Korean names, where somebody installed it, and loads it when it is first asked.

Reading itself stays pure: `read(…, names=…)` is given what this returns. Belongs here: whether there is
an extra. Does not belong here: what it does (packaging/names-ko).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from nightdesk.reading.find import Find
from nightdesk.reading.labels import HANGUL, Label, Names
from nightdesk.reading.normal import normal

PACKAGE = "nightdesk_names_ko"
ENGINE = "kiwipiepy"


def names_where_installed() -> Names | None:
    """What `read` takes as `names`, or None where the extra is missing. Nothing is loaded until it is called."""
    return _names if find_spec(PACKAGE) and find_spec(ENGINE) else None


def look_ahead(texts: Iterable[str]) -> None:
    """Shows the extra texts that `read` is asked about next: it reads a lot of them sooner, and the same.

    Before the extra was asked for the first time nothing happens: nobody waits for what may not be needed.
    """
    if not _module.cache_info().currsize or (ahead := getattr(_module(), "ahead", None)) is None:
        return  # an older extra reads them one by one
    seen = (normal(text).text for text in texts)
    ahead(text for text in seen if HANGUL.search(text))


@cache
def _module() -> ModuleType:
    return import_module(PACKAGE)


def _names(text: str, finds: Sequence[Find]) -> Sequence[Label]:
    found: Sequence[Label] = _module().names(text, finds)
    return found
