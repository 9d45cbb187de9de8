from django.db import migrations

from nightdesk.desk.sourcekeys.carrying import carry_logs


def seal(apps, schema_editor):
    """Each report's log under the key of its source, with its length and end kept in the report."""
    carry_logs(apps)


class Migration(migrations.Migration):
    atomic = False  # each batch is a transaction of its own

    dependencies = [("custody", "0002_sealed_logs"), ("reports", "0005_sealed_words")]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
