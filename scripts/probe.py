"""Imports each program in a fresh interpreter and looks at what really got loaded."""

from __future__ import annotations

import subprocess
import sys

FORBIDDEN: dict[str, tuple[str, ...]] = {
    "nightdesk.drop.app": (
        "nightdesk.desk", "nightdesk.press", "nightdesk.release", "nightdesk.demo", "nightdesk.reading",
        "nightdesk.corroboration", "nightdesk.disclosure", "nightdesk.incidents", "nightdesk.seal.opening",
        "nightdesk.seal.closing", "nightdesk.seal.keyring", "nightdesk.cleaning", "django",
    ),
    "nightdesk.courier.rounds": (
        "nightdesk.desk", "nightdesk.drop", "nightdesk.press", "nightdesk.release", "nightdesk.demo",
        "nightdesk.seal.opening", "nightdesk.seal.closing", "nightdesk.seal.keyring", "nightdesk.seal.daykeys",
        "nightdesk.seal.container", "nightdesk.seal.replying", "nightdesk.cleaning", "django", "starlette", "sqlite3",
    ),
    "nightdesk.press.build": (
        "nightdesk.desk", "nightdesk.drop", "nightdesk.demo", "nightdesk.reading", "nightdesk.corroboration",
        "nightdesk.disclosure", "nightdesk.incidents", "nightdesk.seal.opening", "nightdesk.seal.closing",
        "nightdesk.seal.keyring", "nightdesk.cleaning", "django", "sqlite3",
    ),
    "nightdesk.desk.wsgi": ("nightdesk.drop", "nightdesk.courier", "nightdesk.press", "nightdesk.demo", "starlette"),
    "nightdesk.reading": ("django", "starlette", "cryptography", "sqlite3", "click"),
    "nightdesk.cli": ("nightdesk.desk", "nightdesk.drop", "nightdesk.courier", "nightdesk.press", "nightdesk.cleaning", "django", "starlette", "cryptography"),
}  # fmt: skip


# Of Nightdesk's own modules reading and the public programs may load these and no other, whatever comes to be added.
ALLOWED: dict[str, tuple[str, ...]] = {
    "nightdesk.reading": ("nightdesk", "nightdesk.reading", "nightdesk.values"),
    "nightdesk.drop.app": (
        "nightdesk", "nightdesk.drop", "nightdesk.seal", "nightdesk.seal.wire", "nightdesk.seal.signing",
        "nightdesk.seal.board", "nightdesk.seal.report", "nightdesk.seal.collected", "nightdesk.assets",
    ),
    "nightdesk.courier.rounds": (
        "nightdesk", "nightdesk.courier", "nightdesk.seal", "nightdesk.seal.wire", "nightdesk.seal.signing",
        "nightdesk.seal.board", "nightdesk.seal.report", "nightdesk.seal.collected", "nightdesk.seal.parcel",
    ),
    "nightdesk.press.build": (
        "nightdesk", "nightdesk.press", "nightdesk.release", "nightdesk.values", "nightdesk.assets", "nightdesk.seal",
        "nightdesk.seal.signing", "nightdesk.seal.wire", "nightdesk.seal.report", "nightdesk.seal.collected",
    ),
}  # fmt: skip
WHOLE = (
    "nightdesk.reading",
    "nightdesk.drop",
    "nightdesk.courier",
    "nightdesk.press",
    "nightdesk.release",
    "nightdesk.values",
    "nightdesk.assets",
)


def loaded_by(module: str) -> set[str]:
    """Names in sys.modules of a fresh interpreter after importing `module`."""
    code = f"import {module}, sys; print('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def trespassers(module: str) -> list[str]:
    """What `module` loaded and must not."""
    loaded, forbidden = loaded_by(module), FORBIDDEN[module]
    found = {m for m in loaded if any(m == f or m.startswith(f + ".") for f in forbidden)}
    return sorted(found | strangers(module, loaded))


def strangers(module: str, loaded: set[str]) -> set[str]:
    """Modules of Nightdesk that a program with a list of its own loaded beyond it."""
    allowed = ALLOWED.get(module)
    if allowed is None:
        return set()
    whole = tuple(f"{room}." for room in WHOLE if room in allowed)
    ours = {m for m in loaded if m == "nightdesk" or m.startswith("nightdesk.")}
    return {m for m in ours if m not in allowed and not m.startswith(whole)}


def main() -> int:
    bad = {module: found for module in FORBIDDEN if (found := trespassers(module))}
    for module, found in bad.items():
        print(f"{module} loads what it must not: {', '.join(found)}")
    print(f"probe: {len(FORBIDDEN) - len(bad)} of {len(FORBIDDEN)} programs load only their own rooms")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
