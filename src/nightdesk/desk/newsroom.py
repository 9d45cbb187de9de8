"""The newsroom's own facts, from newsroom.json: name, languages, house style, standing note."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.conf import settings


@lru_cache(maxsize=4)
def _load(path: str, changed: float) -> dict[str, Any]:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - the cache is keyed by plain strings
        loaded: dict[str, Any] = json.load(file)
    return loaded


def facts() -> dict[str, Any]:
    """The newsroom's facts; a desk without the file is called Nightdesk and writes ko and en."""
    path = settings.NIGHTDESK_NEWSROOM
    if not path.exists():
        return {
            "name": {"en": "Nightdesk", "ko": "나이트데스크"},
            "languages": ["ko", "en"],
            "standing_note": {},
        }
    return _load(str(path), path.stat().st_mtime)


def name(lang: str) -> str:
    """The newsroom's name in `lang`, else in whatever language it has."""
    names = facts()["name"]
    return names if isinstance(names, str) else names.get(lang) or next(iter(names.values()))
