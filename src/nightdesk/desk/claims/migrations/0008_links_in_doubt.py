"""Links that a person is asked to look at are found from an index, the newest first, instead of by sorting all."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    links = apps.get_model("claims", "Corroboration")
    links.objects.filter(models.Q(relation="disputes") | models.Q(score__lt=0.75)).update(doubted=True)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0007_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="corroboration",
            name="doubted",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="corroboration",
            index=models.Index(
                condition=models.Q(("doubted", True)), fields=["-account", "other"], name="links_in_doubt"
            ),
        ),
    ]
