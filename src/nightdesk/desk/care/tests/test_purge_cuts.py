"""What the screens of a purge say, before and after, and what a cut or a reader beside it leaves."""

from __future__ import annotations

import pytest
from django.urls import reverse

from nightdesk.desk.care import purging
from nightdesk.desk.care.models import Purge
from nightdesk.desk.care.tests.purged import WHY
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.search import keeping
from nightdesk.desk.sourcekeys.models import SourceKey


def test_the_screens_count_ask_confirm_and_say_what_is_not_reached(alice, erin, crane, signed_in):
    url = reverse("care:purge_source", args=[crane.pk])
    page = signed_in(alice).get(url).text
    assert "What a purge cannot reach" in page and "crane" in page
    again = signed_in(alice).post(url, {"names": "Kim", "reason": "", "look": "1"})
    assert again.status_code == 200 and not Purge.objects.exists()
    assert signed_in(alice).post(url, {"names": "crane", "reason": "x"}).status_code == 400
    signed_in(alice).post(url, {"names": "crane\n김영희", "reason": WHY})
    asked = Purge.objects.get()
    assert asked.names == ["crane", "김영희"]
    send = {"purge": asked.pk, "answer": "confirm"}
    assert "Confirm: destroy" not in signed_in(alice).get(url).text
    assert signed_in(alice).post(reverse("care:purge_answer"), send).status_code == 403
    page = signed_in(erin).get(url).text
    assert "Confirm: destroy" in page and "data-once" in page and "can take a minute" in page
    done = signed_in(erin).post(reverse("care:purge_answer"), send, follow=True).text
    assert "What a purge cannot reach" in done and "crane" not in done
    log = CustodyEntry.objects.filter(subject=f"purge:{asked.token}").values_list("verb", "note")
    assert list(log) == [("ask to purge", ""), ("purge", "")]


def test_a_cut_between_rows_and_files_is_named_and_finished_at_the_start(alice, erin, crane, monkeypatch):
    asked = purging.ask(alice, crane, [], WHY)
    with monkeypatch.context() as cut:
        cut.setattr(purging, "finish", lambda _purge: None)
        purging.confirm(erin, asked.pk)
    assert [row.pk for row in purging.unfinished()] == [asked.pk]
    purging.finish_purges()
    assert not purging.unfinished().exists()


def test_while_somebody_reads_it_is_not_called_done_and_the_round_goes_on_trying(
    alice, erin, crane, signed_in, monkeypatch
):
    from nightdesk.desk.intake import collecting

    asked = purging.ask(alice, crane, [], WHY)
    monkeypatch.setattr(purging, "empty_journal", lambda: False)
    send = {"purge": asked.pk, "answer": "confirm"}
    page = signed_in(erin).post(reverse("care:purge_answer"), send, follow=True).text
    assert "files still hold traces" in page and "tries again every minute" in page
    collecting.without_the_drop()
    assert purging.unfinished().exists()
    monkeypatch.undo()
    collecting.without_the_drop()
    assert not purging.unfinished().exists()


def test_a_folder_that_cannot_be_erased_leaves_it_unfinished(alice, erin, crane, monkeypatch):
    def refuses():
        raise PermissionError

    asked = purging.ask(alice, crane, [], WHY)
    with monkeypatch.context() as held:
        held.setattr(purging, "remove_all", refuses)
        assert purging.confirm(erin, asked.pk).done_at is None
    purging.finish_purges()
    assert not purging.unfinished().exists()


def test_a_cut_in_the_middle_leaves_everything(alice, erin, crane, monkeypatch):
    asked = purging.ask(alice, crane, [], WHY)
    monkeypatch.setattr(purging, "reassess", lambda *_given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        purging.confirm(erin, asked.pk)
    assert crane.reports.get().text and keeping.faults() is not None
    assert SourceKey.objects.filter(source=crane).exists()
