"""Where a story stands, as a chip on its page: the review knows; without it a story is a draft."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from nightdesk.desk.stories.models import Story, StoryQuerySet

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

REVIEW = "nightdesk.desk.review.state"
HELD = "nightdesk.desk.releases.held"


def state_of(story: Story, member: Member) -> Any:
    """The review's State of the story (key, text) for this member, or None while the desk has no review."""
    if find_spec(REVIEW) is None:
        return None
    return import_module(REVIEW).state_of(story, import_module(HELD).waits(member))


def states_of(stories: StoryQuerySet, member: Member) -> Mapping[int, Any]:
    """The State of each story by key for this member, asked at once; empty while the desk has no review."""
    if find_spec(REVIEW) is None:
        return {}
    waits = import_module(HELD).waits(member)
    found: Mapping[int, Any] = import_module(REVIEW).states_of(stories, waits)
    return found
