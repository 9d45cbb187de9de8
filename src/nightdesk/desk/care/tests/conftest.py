import pytest

from nightdesk.desk.review.tests import making, stencil
from nightdesk.desk.sources.models import Source
from nightdesk.desk.stories.models import Story


@pytest.fixture
def story(bob, tariq):
    """A story in two editions on crane, millet and heron, all cleared for Bob."""
    if there := Story.objects.filter(slug="year-end-phone-sweep").first():  # put back with a stencil
        return there
    making.tables()
    return making.story(bob, tariq)


@pytest.fixture
def crane(story):
    return Source.objects.get(pseudonym="crane")


@pytest.fixture
def keyring(db):
    return making.hold_keys()


@pytest.fixture
def released(request, keyring):
    stencil.put(
        "released, with tables", lambda: _release(*map(request.getfixturevalue, ("story", "alice", "erin")))
    )
    story = request.getfixturevalue("story")
    story.refresh_from_db()
    return story


def _release(story, alice, erin):
    from nightdesk.desk.releases import actions

    making.cleared(alice, erin, story)
    actions.release(alice, story)
