"""What a form or an address may hold instead of a number, and the text a clearance names."""

import pytest
from django.urls import reverse

from nightdesk.desk.review.models import Clearance
from nightdesk.desk.review.tests import making

ODD = ["abc", "²", "9" * 30, "9" * 5000, "-1", ""]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    ("door", "field"), [("undo", "decision"), ("second", "decision"), ("generalise", "offer")]
)
def test_an_odd_number_in_a_form_is_refused_and_never_breaks_the_desk(
    odd, door, field, story, alice, signed_in
):
    url = reverse(f"review:{door}", args=[story.pk])
    assert signed_in(alice).post(url, {field: odd, "key": "x"}).status_code in (400, 404, 409)


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_number_for_a_paragraph_finds_none(odd, story, alice, signed_in):
    url = reverse("review:still_fits", args=[story.pk])
    assert signed_in(alice).post(url, {"paragraph": odd, "seen": odd}).status_code == 404


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["campaign", "year"])
def test_an_odd_number_in_a_filter_of_the_record_is_no_filter(odd, name, alice, signed_in):
    assert signed_in(alice).get(reverse("incidents:record"), {name: odd}).status_code == 200


def test_a_clearance_that_names_no_text_is_refused(story, alice, erin, signed_in):
    making.decide_everything(alice, erin, story)
    answer = signed_in(alice).post(reverse("review:clear", args=[story.pk]))
    assert answer.status_code in (400, 409)
    assert "Nothing was cleared" in answer.content.decode()
    assert not Clearance.objects.exists()
