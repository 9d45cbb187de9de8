"""Judges what is known of the locked versions: from a file of advisories, or from a report of pip-audit. No network.

The file is JSON: package -> list of {"id", "affected": [specifiers], "fixed": [versions]}. A package that is
locked and not in the file was not asked about, and that is said. pip-audit ends with 0 and "no known
vulnerabilities" when it could ask about nothing, so its report is read package by package. Exit code 0, 1
or 2 as in audit.sh.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCKS = Path(__file__).parents[1] / "requirements"


def locked(folder: Path = LOCKS) -> dict[str, set[str]]:
    """package -> versions, over every lock."""
    found: dict[str, set[str]] = {}
    for lock in sorted(folder.glob("*.txt")):
        for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock.read_text("utf-8"), re.M):
            found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def weak(versions: dict[str, set[str]], advisories: dict[str, list[dict[str, Any]]]) -> list[str]:
    """One line for each locked version that an advisory names. Raises ValueError for what cannot be read."""
    said = {canonicalize_name(name): rows for name, rows in advisories.items()}
    return [
        f"{name} {version} {row['id']} (fixed in {', '.join(row.get('fixed', [])) or 'nothing yet'})"
        for name, found in sorted(versions.items())
        for version in sorted(found)
        for row in said.get(name, [])
        if any(Version(version) in _range(each) for each in row["affected"])
    ]


def _range(said: str) -> SpecifierSet:
    try:
        return SpecifierSet(said, prereleases=True)
    except InvalidSpecifier as error:
        raise ValueError(f"{said!r} is no range of versions") from error


def from_file(path: str) -> int:
    try:
        advisories = json.loads(Path(path).read_text("utf-8"))
        versions = locked()
        found = weak(versions, advisories)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"NOT CHECKED: {path} cannot be used ({error}).", file=sys.stderr)
        return 2
    known = {canonicalize_name(name) for name in advisories}
    print("\n".join(found))
    print(
        f"{len(versions)} packages are locked; the file says something of {len(known & set(versions))} of them."
    )
    return 1 if found else 0


def from_report(text: str) -> int:
    """2 when a package was not looked at, whatever was found beside: the lines above say what."""
    try:
        rows = json.loads(text)["dependencies"]
        found = [
            f"{row['name']} {row['version']} {one['id']}" for row in rows for one in row.get("vulns", [])
        ]
        skipped = [f"{row['name']}: {row['skip_reason']}" for row in rows if "skip_reason" in row]
    except (ValueError, KeyError, TypeError):
        rows, found, skipped = [], [], []
    print("\n".join(found))
    if skipped or not rows:
        said = (
            f"{len(skipped)} of {len(rows)} packages" if rows else "anything: the service could not be asked"
        )
        print(f"NOT CHECKED: {said}.", *skipped[:3], sep="\n  ", file=sys.stderr)
        return 2
    print(f"{len(rows)} packages looked at, {len(found)} weaknesses known.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(from_file(sys.argv[2]) if sys.argv[1] == "file" else from_report(sys.stdin.read()))
