import django.db.models.deletion
from django.db import migrations, models

import nightdesk.desk.sourcekeys.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("sources", "0002_contact_log")]

    operations = [
        migrations.CreateModel(
            name="SourceKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.BinaryField(
                        default=nightdesk.desk.sourcekeys.models.name, max_length=16, unique=True
                    ),
                ),
                (
                    "secret",
                    models.BinaryField(default=nightdesk.desk.sourcekeys.models.secret, max_length=32),
                ),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="key",
                        to="sources.source",
                    ),
                ),
            ],
        ),
    ]
