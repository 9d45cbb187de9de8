import pytest

from nightdesk.desk.review.tests import making
from nightdesk.desk.sources.models import Source


@pytest.fixture
def story(bob, tariq):
    """A story in two editions on crane, millet and heron, all cleared for Bob."""
    making.tables()
    return making.story(bob, tariq)


@pytest.fixture
def crane(story):
    return Source.objects.get(pseudonym="crane")


@pytest.fixture
def keyring(db):
    return making.hold_keys()


@pytest.fixture
def released(story, alice, erin, keyring):
    from nightdesk.desk.releases import actions

    making.cleared(alice, erin, story)
    actions.release(alice, story)
    story.refresh_from_db()
    return story
