"""Accounts that seem to tell of several events are few, and an index finds them without reading everybody's facts;
the places claims name are asked of an index alone, with the account that says who may see them."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    facts = apps.get_model("claims", "AccountFacts")
    facts.objects.exclude(also=[]).update(several=True)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0006_judgements"),
    ]

    operations = [
        migrations.AddField(
            model_name="accountfacts",
            name="several",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="accountfacts",
            index=models.Index(
                condition=models.Q(("several", True)), fields=["id"], name="accounts_of_several"
            ),
        ),
        migrations.RemoveIndex(model_name="claim", name="claims_by_place"),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["place", "account"], name="claims_by_place"),
        ),
    ]
