"""Where a story stands, as a chip on its page: the review knows; without it a story is a draft."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from nightdesk.desk.stories.models import Story, StoryQuerySet

REVIEW = "nightdesk.desk.review.state"


def state_of(story: Story) -> Any:
    """The review's State of the story (key, text), or None while the desk has no review."""
    if find_spec(REVIEW) is None:
        return None
    return import_module(REVIEW).state_of(story)


def states_of(stories: StoryQuerySet) -> Mapping[int, Any]:
    """The State of each story by key, asked at once; empty while the desk has no review."""
    if find_spec(REVIEW) is None:
        return {}
    found: Mapping[int, Any] = import_module(REVIEW).states_of(stories)
    return found
