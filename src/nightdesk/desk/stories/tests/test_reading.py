"""What is read in a paragraph while it is typed: its language, its day, its sums, and for whom."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.desk.claims.models import Account
from nightdesk.desk.reports import teaching
from nightdesk.desk.reports.models import Report
from nightdesk.desk.stories import actions
from nightdesk.desk.stories.models import PrivateDraft
from nightdesk.desk.stories.tests.making import make_claim, make_story, paragraphs


@pytest.fixture
def claim(alice):
    return make_claim(alice)


@pytest.fixture
def story(alice, claim):
    found = make_story(alice, [claim], ["첫 단락.", "둘째 단락."])
    actions.hand_over(alice, found)
    return found


def read(client, story, text, row=None, room="stories"):
    said = {"text": text, "paragraph": row.pk if row else ""}
    answer = client.post(f"/{room}/{story.pk}/typed/", said)
    assert answer.status_code == 200
    return answer.text


def test_days_are_counted_from_the_day_of_writing_and_the_page_says_so(alice, story, signed_in):
    shown = read(signed_in(alice), story, "지난주 회령시에서 2만 위안을 요구했다.")
    assert 'data-note="11–17 December 2023"' in shown and 'data-note="CNY 20,000"' in shown
    assert "Days count from today, 18 December 2023" in shown
    assert "Days count" not in read(signed_in(alice), story, "2만 위안을 요구했다.")


def test_each_edition_is_read_in_its_own_language(alice, tariq, story, signed_in):
    korean = read(signed_in(alice), story, "지난달 두 명이 왔다")
    english = read(signed_in(tariq), story, "Two agents came last month", room="translation")
    assert '<p class="words" lang="ko">' in korean and '<p class="words" lang="en">' in english
    assert all('data-note="November 2023"' in shown for shown in (korean, english))


def test_a_sum_is_read_as_readers_will_see_it(alice, tariq, claim, story, signed_in):
    own, other = paragraphs(story)
    typed = f"Agents asked for {{money:c{claim.pk}}}."
    assert "CNY 20,000" in read(signed_in(alice), story, f"{{money:c{claim.pk}}}을 요구했다.", own)
    target = paragraphs(story, "en")[0]
    shown = read(signed_in(tariq), story, typed, target, "translation")
    assert "RMB 20,000" in shown and "{money:" not in shown
    # No sum of that paragraph: it stands as typed.
    assert "{money:" in read(signed_in(alice), story, typed, other)


def test_a_translator_is_read_to_without_what_reports_taught(alice, tariq, story, signed_in):
    text = "브로커가 큰 거 한 장을 냈다."
    report = Report.objects.get()
    report.text = text
    report.save()
    Account.objects.update(end=len(text))
    teaching.teach(alice, report, 5, 13, "money", "1만 위안")
    assert 'data-note="CNY 10,000"' in read(signed_in(alice), story, text)
    story.editions.filter(lang="en").update(lang="zh")  # so that the very words are read in his edition
    assert "10,000" not in read(signed_in(tariq), story, "큰 거 한 장", room="translation")


def test_nothing_is_kept_and_the_number_of_questions_stays(alice, claim, story, signed_in):
    client, row = signed_in(alice), paragraphs(story)[0]
    counts = []
    for text in ("2만 위안", f"{{money:c{claim.pk}}} " * 30 + "지난주 " * 100):
        with CaptureQueriesContext(connection) as asked:
            read(client, story, text, row)
        counts.append(len(asked))
    assert counts[0] <= 6 and counts[1] <= 9
    assert not PrivateDraft.objects.exists()


@pytest.mark.parametrize("room", ["stories", "translation"])
@pytest.mark.parametrize("part", ["title", "summary"])
def test_headline_and_summary_are_read_too_each_with_names_of_its_own(alice, story, signed_in, room, part):
    said = {"text": "2만 위안, 20,000 yuan", "paragraph": "", "part": part}
    shown = signed_in(alice).post(f"/{room}/{story.pk}/typed/", said).text
    assert f'id="read-{part}-1"' in shown and "CNY 20,000" in shown
    odd = signed_in(alice).post(f"/{room}/{story.pk}/typed/", {**said, "part": '"><b>'}).text
    assert 'id="read-0-1"' in odd and "<b>" not in odd


def test_the_editors_page_reads_nothing_by_itself(alice, story, signed_in):
    page = signed_in(alice).get(f"/stories/{story.pk}/").text
    assert page.count("data-reads=") == 4 and "<mark" not in page, "headline, summary, two paragraphs"


@pytest.mark.parametrize(
    "said", [{}, {"text": "x" * 50_000}, {"text": "{money:c1}", "paragraph": "none"}, {"text": "<b>\r\n2"}]
)
def test_half_a_form_is_read_as_far_as_it_goes(alice, story, signed_in, said):
    answer = signed_in(alice).post(f"/stories/{story.pk}/typed/", said)
    assert answer.status_code == 200 and "<b>" not in answer.text


def test_a_story_that_is_not_open_to_a_member_is_read_to_nobody(bob, tariq, alice, story, signed_in):
    hidden = make_story(alice, [], ["말"])
    assert signed_in(bob).post(f"/stories/{story.pk}/typed/", {"text": "2"}).status_code == 404
    assert signed_in(tariq).post(f"/stories/{story.pk}/typed/", {"text": "2"}).status_code == 403
    assert signed_in(tariq).post(f"/translation/{hidden.pk}/typed/", {"text": "2"}).status_code == 404
