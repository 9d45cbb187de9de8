"""Keeping, in the desk alone, which claims stood under a released version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nightdesk.desk.care.models import Ground

if TYPE_CHECKING:
    from nightdesk.desk.claims.models import Claim
    from nightdesk.desk.releases.models import Release


def keep_grounds(release: Release, claims: Iterable[Claim]) -> None:
    """Part of the release's own transaction."""
    Ground.objects.bulk_create([Ground(release=release, claim=claim) for claim in claims])
