"""Words lie sealed under the key of who told them, open where they belong and nowhere else."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection
from django.forms.models import modelform_factory
from django.test.utils import CaptureQueriesContext

from nightdesk.desk import clock, keys
from nightdesk.desk.custody import reading
from nightdesk.desk.custody.actions import record
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sourcekeys import sealing
from nightdesk.desk.sourcekeys.fields import Sealed, SealedField
from nightdesk.desk.sourcekeys.models import SourceKey
from nightdesk.desk.sources.models import Source

pytestmark = pytest.mark.django_db


def source(name="crane"):
    return Source.objects.create(pseudonym=name, made_on=clock.today())


def report(of, text="회령에서 들었다."):
    return Report.objects.create(
        source=of, lang="ko", contact_on=clock.today(), channel="voice", text=text, received_at=clock.now()
    )


def lies(row, column="text"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM reports_report WHERE id = %s", [row.pk])
        return bytes(cursor.fetchone()[0])


def test_words_lie_sealed_and_read_plain():
    row = report(source())
    assert "회령".encode() not in lies(row)
    assert Report.objects.get().text == "회령에서 들었다."
    assert Report.objects.get().basis == "" and lies(row, "basis") == b""


def test_words_moved_to_another_row_or_column_do_not_open():
    crane = source()
    first, second = report(crane), report(crane, "둘.")
    Report.objects.filter(pk=second.pk).update(text=Sealed(lies(first)), basis=Sealed(lies(second)))
    moved = Report.objects.get(pk=second.pk)
    for name in ("text", "basis"):
        with pytest.raises(sealing.Unopened):
            getattr(moved, name)


@pytest.mark.parametrize("at", [0, 1, 20, 40, -1])
def test_one_byte_changed_anywhere_does_not_open(at):
    row = report(source())
    changed = bytearray(lies(row))
    changed[at] ^= 1
    Report.objects.filter(pk=row.pk).update(text=Sealed(changed))
    with pytest.raises(sealing.Unopened):
        Report.objects.get().text  # noqa: B018  # reading it is what opens it


def test_without_the_key_rows_nothing_opens():
    report(source())
    SourceKey.objects.all().delete()
    sealing.let_go()
    with pytest.raises(sealing.Unopened):
        Report.objects.get().text  # noqa: B018  # reading it is what opens it


def test_the_database_is_never_asked_for_sealed_words():
    report(source())
    for wanted in ({"text": "회령"}, {"text__contains": "회령"}):
        with pytest.raises(FieldError):
            Report.objects.filter(**wanted).exists()
    assert Report.objects.filter(basis="").count() == 1
    with pytest.raises(FieldError):
        Report.objects.update(text="다른 말")


def test_a_row_saved_as_it_was_keeps_every_byte():
    row = report(source())
    before = lies(row)
    again = Report.objects.get()
    assert again.text
    again.save()
    assert lies(row) == before
    Report.objects.defer("text").get().save()
    assert lies(row) == before


def test_a_list_of_fifty_sources_costs_one_question_for_keys():
    for number in range(50):
        report(source(f"s{number}"), f"{number}.")
    sealing.let_go()
    with CaptureQueriesContext(connection) as asked:
        assert len({row.text for row in Report.objects.all()}) == 50
    assert len(asked) == 2
    with CaptureQueriesContext(connection) as asked:
        assert [row.text for row in Report.objects.all()]
    assert len(asked) == 1


def test_a_key_that_was_rolled_back_seals_nothing_later():
    from django.db import transaction

    with transaction.atomic():
        first = source()
        sealing.key_of(first.pk)
        transaction.set_rollback(True)
    second = source("millet")  # may have the same number
    row = report(second)
    sealing.let_go()
    assert Report.objects.get(pk=row.pk).text == "회령에서 들었다."


def test_letting_go_of_the_keyring_lets_go_of_the_sources_keys():
    report(source())
    assert sealing._opened
    keys.hold(None)
    assert not sealing._opened and not sealing._of_source


# --- the log is part of the sealed report --------------------------------------------------------------------


def test_who_and_when_of_a_reports_log_lie_sealed(bob):
    row = report(source())
    record(row, "read", bob, "a note")
    entry = CustodyEntry.objects.get()
    assert (entry.member, entry.at, entry.note) == (None, None, "")
    [line] = reading.log_of(row)
    assert (line.who, line.verb, line.note, line.at) == ("Bob", "read", "a note", clock.now())


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_newest_entries_cut_off_are_noticed_even_all_of_them(bob, cut):
    row = report(source())
    for verb in ("open", "read", "confirm"):
        record(row, verb, bob)
    assert list(reading.cut_logs()) == [] and not reading.is_cut(Report.objects.get())
    for entry in list(CustodyEntry.objects.order_by("-pk")[:cut]):
        entry.delete()
    assert list(reading.cut_logs()) == [f"report:{row.pk}"] and reading.is_cut(Report.objects.get())
    record(row, "doubt", bob)  # going on does not heal it
    assert reading.broken_chain(f"report:{row.pk}") is not None


def test_a_look_is_written_once_a_member_and_day(bob, alice, signed_in, settings):
    crane = source()
    crane.cleared.add(bob)
    row = report(crane)
    for who in (bob, bob, alice, bob):
        signed_in(who).get(row.get_absolute_url())
    assert [line.who for line in reading.log_of(row)] == ["Bob", "Alice"]
    settings.NIGHTDESK_CLOCK = f"{__name__}.next_day"
    signed_in(bob).get(row.get_absolute_url())
    assert [line.verb for line in reading.log_of(row)] == ["read by"] * 3


def next_day():
    from datetime import timedelta

    from nightdesk.desk.conftest import DAY

    return DAY + timedelta(days=1)


def test_an_export_is_in_the_log_of_every_report_it_came_from(alice, bob):
    from nightdesk.desk.incidents import actions as incidents
    from nightdesk.desk.review.tests import making

    made = making.claims(bob)
    act = incidents.code(alice, made[0])
    incidents.log_export(alice, [act])
    logged = {line.verb for line in reading.log_of(made[0].account.report)}
    assert "export" in logged and not reading.log_of(made[1].account.report)


SEALED = [
    pytest.param(field, id=f"{model.__name__}.{field.name}")
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if isinstance(field, SealedField) and field.editable
]


@pytest.mark.parametrize("field", SEALED)
def test_a_new_form_over_any_sealed_field_begins_empty(field):
    form = modelform_factory(field.model, fields=[field.name])()
    assert form[field.name].value() == type(field.empty)()
    assert not form.fields[field.name].show_hidden_initial


def test_there_is_a_form_over_sealed_fields_to_be_tested():
    assert len(SEALED) > 5
