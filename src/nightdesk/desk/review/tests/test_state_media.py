"""What state media have said: typed, brought in, corrected, taken away; and what a review makes of it."""

import json
import re

import pytest
from django.urls import reverse

from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.review import actions
from nightdesk.desk.review.models import StateMedia
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.tests import making

GOOD = {"outlet": "the daily", "on": "2023-12-16", "text": "In Hoeryong two agents asked a broker for 20,000 yuan.",
        "citation": "https://example.org/16, page 2"}  # fmt: skip


@pytest.fixture
def client(alice, signed_in):
    return signed_in(alice)


def lines(*rows):
    return "\n".join(json.dumps({**GOOD, **row}, ensure_ascii=False) for row in rows)


def bring(client, words):
    return client.post(reverse("review:state_media_bring"), {"lines": words}, follow=True)


def early(story):
    return {j.finding.key: j.finding.data["why"]["en"] for j in standing_of(story).judged if j.finding.kind == "early knowledge"}  # fmt: skip


def test_an_entry_is_added_corrected_and_removed(client):
    client.post(reverse("review:state_media_add"), GOOD)
    row = StateMedia.objects.get()
    page = client.get(reverse("review:state_media")).content.decode()
    assert "https://example.org/16, page 2" in page and 'href="https://example.org' not in page
    client.post(reverse("review:state_media_edit", args=[row.pk]), {**GOOD, "outlet": "the radio"})
    row.refresh_from_db()
    assert row.outlet == "the radio"
    client.post(reverse("review:state_media_remove", args=[row.pk]))
    assert not StateMedia.objects.exists()
    assert CustodyEntry.objects.filter(subject=f"statemedia:{row.pk}", verb="tables").count() == 3


def test_two_corrections_of_one_entry_and_the_later_is_told_of_the_other_with_its_words(client):
    client.post(reverse("review:state_media_add"), GOOD)
    row = StateMedia.objects.get()
    address = reverse("review:state_media_edit", args=[row.pk])
    seen = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())[1]
    assert client.post(address, {**GOOD, "text": "One.", "seen": seen}).status_code == 302
    answer = client.post(address, {**GOOD, "text": "Two.", "seen": seen})
    row.refresh_from_db()
    assert answer.status_code == 409 and "Two." in answer.content.decode() and row.text == "One."


def test_what_is_written_down_next_begins_above_the_entries(client):
    StateMedia.objects.create(**GOOD)
    page = client.get(reverse("review:state_media")).content.decode()
    assert page.index('name="outlet"') < page.index('name="lines"') < page.index("<table")


def test_an_empty_screen_says_what_that_means(client):
    page = client.get(reverse("review:state_media")).content.decode()
    assert "every review says that it cannot judge" in page


@pytest.mark.parametrize(
    "wrong", [{"on": "2024-12-16"}, {"on": "soon"}, {"text": ""}, {"outlet": ""}, {"text": "x" * 1001}]
)
def test_an_entry_that_makes_no_sense_is_refused_with_a_sentence(client, wrong):
    answer = client.post(reverse("review:state_media_add"), {**GOOD, **wrong})
    assert answer.status_code == 400 and "errorlist" in answer.content.decode()
    assert not StateMedia.objects.exists()


def test_an_entry_that_no_story_can_be_compared_with_says_so(client):
    client.post(reverse("review:state_media_add"), {**GOOD, "text": "Order is good everywhere."})
    assert "compared with nothing" in client.get(reverse("review:state_media")).content.decode()
    StateMedia.objects.update(text=GOOD["text"])
    assert "compared with nothing" not in client.get(reverse("review:state_media")).content.decode()


def test_reporters_neither_see_nor_write_it(bob, signed_in):
    client = signed_in(bob)
    assert client.get(reverse("review:state_media")).status_code == 403
    assert client.post(reverse("review:state_media_add"), GOOD).status_code == 403
    assert not StateMedia.objects.exists()


# --- brought in -------------------------------------------------------------------------------------------


def test_lines_are_brought_in_once(client):
    page = bring(client, lines({}, {"outlet": "the radio"}, {})).content.decode()
    assert "2 entries saved. The others stood there already: 1." in page
    assert "The others stood there already: 1." in bring(client, lines({})).content.decode()
    assert StateMedia.objects.count() == 2


def test_values_under_a_heading_are_brought_in(client):
    words = '\ufeffoutlet,on,text\n"the daily",2023-12-16,"벌금 2만 위안을, 물렸다."\nthe radio,2023-12-15,단속이 있었다.\n'
    bring(client, words)
    assert [(row.outlet, str(row.on), row.text, row.citation) for row in StateMedia.objects.all()] == [
        ("the daily", "2023-12-16", "벌금 2만 위안을, 물렸다.", ""), ("the radio", "2023-12-15", "단속이 있었다.", "")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "There is no line"), ("  \n", "There is no line"), (lines({}) + "\n{", "Line 2 cannot"),
        (lines({}, {"url": "x"}), "Line 2 cannot be brought in: the field “url” is unknown"),
        (lines({}) + "\n" + lines({"on": 20231216}), "Line 2 cannot be brought in: “on” is no text"),
        (lines({"on": "2031-01-01"}), "Line 1 cannot be brought in: on: This day has not come yet."),
        (lines({}) + "\n[1]", "Line 2 cannot"), ("outlet,on\na,b", "Line 1 cannot be brought in: the heading"),
        ("on,outlet,text\n2023-12-16,a,b,c,d", "Line 2 cannot be brought in: it has more values"),
        ('on,outlet,text\n2023-12-16,a,"b', "its values cannot be told apart"),
        ("on,outlet,text\n2023-12-16,a", "Line 2 cannot be brought in: text:"),
        ("[" * 100_000, "Line 1 cannot"), ("\n".join([lines({})] * 501), "More than 500 lines"),
    ],
)  # fmt: skip
def test_one_wrong_line_and_none_is_saved_and_the_lines_come_back(client, words, said):
    answer = bring(client, words)
    page = answer.content.decode()
    assert answer.status_code == 400 and said in page.replace("&#x27;", "'").replace("&quot;", '"')
    assert not StateMedia.objects.exists()


# --- in a review ------------------------------------------------------------------------------------------


def test_without_an_entry_the_review_says_that_it_cannot_judge(story, alice):
    said = {row["en"] for row in actions.review(alice, story).cannot_estimate}
    assert any("state media" in row for row in said) and not early(story)
    StateMedia.objects.create(**GOOD)
    said = {row["en"] for row in actions.review(alice, story).cannot_estimate}
    assert not any("state media" in row for row in said)


def test_what_state_media_have_not_said_is_early_and_what_they_have_is_not(story, alice):
    StateMedia.objects.create(**{**GOOD, "text": "Order is good everywhere."})
    actions.review(alice, story)
    before = early(story)
    assert before
    StateMedia.objects.create(**GOOD)  # of the broker's 20,000 yuan
    actions.review(alice, story)
    assert len(early(story)) == len(before) - 1


def test_an_entry_reopens_what_was_cleared_before_it(story, alice, erin):
    from nightdesk.desk.errors import DeskError
    from nightdesk.desk.releases import actions as releases

    making.hold_keys()
    making.cleared(alice, erin, story)
    StateMedia.objects.create(**{**GOOD, "text": "Order is good everywhere."})
    with pytest.raises(DeskError, match="not cleared"):
        releases.release(alice, story)
    assert early(story)


def test_a_finding_that_rests_on_the_entries_leads_to_them_and_others_do_not(client, story, alice):
    StateMedia.objects.create(**{**GOOD, "text": "Order is good everywhere."})
    actions.review(alice, story)
    for judged in standing_of(story).judged:
        page = client.get(reverse("review:story", args=[story.pk]), {"finding": judged.finding.key})
        card = page.content.decode().split('<section class="card finding"')[1].split("</section>")[0]
        rests = judged.finding.kind == "early knowledge"
        assert (reverse("review:state_media") in card) == rests
