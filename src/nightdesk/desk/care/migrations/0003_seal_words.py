from django.db import migrations

from nightdesk.desk.sourcekeys.carrying import carry


def seal(apps, schema_editor):
    """Under the key of who told it; cut short, it goes on where it stopped."""
    carry(apps, "care", "Danger", ("reason",), lambda row: row.source_id)
    carry(apps, "care", "Lifting", ("first_reason", "second_reason"), lambda row: row.danger.source_id)
    carry(apps, "care", "Consent", ("limits",), lambda row: row.source_id)
    carry(apps, "care", "KeepUntil", ("reason",), lambda row: row.source_id or row.report.source_id)


class Migration(migrations.Migration):
    atomic = False  # each batch is a transaction of its own

    dependencies = [("care", "0002_sealed_columns")]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
