import pytest

from nightdesk.desk.review.tests import making


@pytest.fixture
def story(bob, tariq):
    return making.story(bob, tariq)
