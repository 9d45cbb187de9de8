"""A site is built beside its place and moved there whole: a reader never meets half a site."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, get_args

from nightdesk.release.model import ReleaseError

LEFT_OVER = 3600  # seconds after which no build can still be at work
MARKER = ".nightdesk"  # says what a folder is, so that nothing else is ever overwritten
Kind = Literal["site", "empty site", "preview"]
# What may take the place of what. A site with stories is never emptied: that is a wrong folder.
_REPLACES: dict[Kind, tuple[Kind, ...]] = {
    "site": ("site", "empty site"),
    "empty site": ("empty site",),
    "preview": ("preview",),
}


def kind_of(folder: Path) -> Kind | None:
    """What was built in `folder`, None when it was not built here."""
    marker = folder / MARKER
    said = marker.read_text("utf-8").strip() if marker.is_file() else ""
    return next((kind for kind in get_args(Kind) if kind == said), None)


def refuse_wrong_place(folder: Path, kind: Kind) -> None:
    """Raises ReleaseError when building `kind` in `folder` would overwrite or mix with something else."""
    there = kind_of(folder)
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and there not in _REPLACES[kind]):
        if kind == "empty site" and there == "site":
            raise ReleaseError(
                f"there is no Release to publish, and {folder} has stories; it stays as it was"
            )
        raise ReleaseError(f"{folder} holds something else than a {kind}; choose an empty folder")
    if kind == "preview" and (real := _site_around(folder)):
        raise ReleaseError(f"{real} is a published site; build the preview somewhere else")


def _site_around(folder: Path) -> Path | None:
    """A published site that `folder` lies in."""
    around = folder.resolve().parents
    return next((parent for parent in around if kind_of(parent) in ("site", "empty site")), None)


@contextmanager
def replacing(folder: Path, kind: Kind) -> Iterator[Path]:
    """A fresh folder that takes the place of `folder` when the block ends well, and vanishes otherwise."""
    refuse_wrong_place(folder, kind)
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    _remove_left_over(folder)
    # A name of its own: two builds at once must not write into each other's pages.
    work = Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))
    fresh, old = work / "fresh", work / "old"
    try:
        fresh.mkdir(mode=0o755)
        (fresh / MARKER).write_text(f"{kind}\n", "utf-8")
        yield fresh
        _swap(fresh, folder, old)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _swap(fresh: Path, folder: Path, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise


def _prefix(folder: Path) -> str:
    return f".{folder.name}.press-"


def _remove_left_over(folder: Path) -> None:
    """Removes what builds left that were killed; a younger folder may be a build at work."""
    for work in folder.parent.glob(f"{_prefix(folder)}*"):
        if time.time() - work.stat().st_mtime > LEFT_OVER:
            shutil.rmtree(work, ignore_errors=True)
