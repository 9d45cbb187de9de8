"""The purposes of a consent and the days of the retention clock, read from their tables."""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing a source can agree to. `use` is what asks for it, or ''."""

    key: str
    labels: dict[str, str]
    use: str

    @property
    def label(self) -> str:
        """Its words in the language of the page."""
        return self.labels["ko" if get_language() == "ko" else "en"]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))


PURPOSES = {
    key: Purpose(key, {"en": row["en"], "ko": row["ko"]}, row["use"])
    for key, row in _read("purposes.toml").items()
}
RETENTION = _read("retention.toml")
KEEP_DAYS: dict[str, int] = RETENTION["keep_days"]
WARN_DAYS: int = RETENTION["warn_days"]


def labels_of(keys: Iterable[object] | None) -> list[str]:
    """The words of purposes; a key the table no longer has is shown as it was written."""
    return [
        PURPOSES[key].label if isinstance(key, str) and key in PURPOSES else str(key) for key in keys or ()
    ]


def asked_by(uses: Container[str]) -> tuple[str, ...]:
    """The purposes that what a story does with a claim asks for."""
    return tuple(key for key, purpose in PURPOSES.items() if purpose.use and purpose.use in uses)
