"""What a drop is told when it starts. Belongs here: settings and their bounds; nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CAPACITY = 10_000
SETTINGS = {"identity", "capacity", "names"}
LANGUAGES = ("ko", "zh", "en")  # of the sealing page


class ConfigError(ValueError):
    """A setting that cannot be used; the message says which and what to write instead."""


@dataclass(frozen=True, slots=True)
class DropConfig:
    """`identity`: the newsroom's 32-byte public key. `capacity`: envelopes held before `later`.

    `names`: how the sealing page calls the newsroom, by language; the key list's one name where it is left out.
    """

    identity: bytes
    capacity: int = CAPACITY
    names: Mapping[str, str] = field(default_factory=dict)


def config(identity: str, capacity: int = CAPACITY, names: Mapping[str, str] | None = None) -> DropConfig:
    """A checked DropConfig from an identity in hex. Raises ConfigError."""
    try:
        public = bytes.fromhex(identity)
    except ValueError:
        public = b""
    if len(public) != 32:
        raise ConfigError("identity must be the newsroom's public key: 64 hexadecimal digits")
    if isinstance(capacity, bool) or not isinstance(capacity, int) or capacity < 1:
        raise ConfigError("capacity must be a whole number of envelopes, 1 or more")
    return DropConfig(public, capacity, _names(names or {}))


def _names(names: Any) -> dict[str, str]:
    if not isinstance(names, Mapping) or not all(
        lang in LANGUAGES and isinstance(name, str) and name.strip() for lang, name in names.items()
    ):
        raise ConfigError(
            f"names must give a name for each of {', '.join(LANGUAGES)} that it lists, and no other"
        )
    return {lang: name.strip() for lang, name in names.items()}


def read_config(path: Path) -> DropConfig:
    """The settings in a TOML file. An unknown one is refused: it may be a misspelt one that matters."""
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read as TOML: {error}") from None
    unknown = sorted(set(raw) - SETTINGS)
    if unknown or "identity" not in raw:
        raise ConfigError(f"{path}: {f'unknown setting {unknown[0]}' if unknown else 'identity is missing'}")
    return config(str(raw["identity"]), raw.get("capacity", CAPACITY), raw.get("names"))
