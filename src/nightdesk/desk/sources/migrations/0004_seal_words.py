from django.db import migrations

from nightdesk.desk.sourcekeys.carrying import carry


def seal(apps, schema_editor):
    """Under the key of who told it; cut short, it goes on where it stopped."""
    carry(apps, "sources", "Contact", ("window", "note", "next_window"), lambda row: row.source_id)


class Migration(migrations.Migration):
    atomic = False  # each batch is a transaction of its own

    dependencies = [("sources", "0003_sealed_columns")]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
