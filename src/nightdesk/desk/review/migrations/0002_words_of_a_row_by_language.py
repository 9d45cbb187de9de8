"""Actor and party of a public row by language. What stood there goes to the language of its script."""

import re

from django.db import migrations, models

HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7a3]")


def by_language(apps, schema_editor):
    for row in apps.get_model("review", "ForTheRecord").objects.all():
        row.actor, row.party = _said(row.actor_text), _said(row.party_text)
        row.save(update_fields=["actor", "party"])


def _said(words):
    return {"ko" if HANGUL.search(words) else "en": words} if words else {}


def as_one_text(apps, schema_editor):
    for row in apps.get_model("review", "ForTheRecord").objects.all():
        row.actor_text, row.party_text = (next(iter(by.values()), "") for by in (row.actor, row.party))
        row.save(update_fields=["actor_text", "party_text"])


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial")]
    operations = [
        migrations.RenameField("fortherecord", "actor", "actor_text"),
        migrations.RenameField("fortherecord", "party", "party_text"),
        migrations.AlterField(
            "fortherecord", "actor_text", models.CharField(max_length=120, blank=True, default="")
        ),
        migrations.AlterField(
            "fortherecord", "party_text", models.CharField(max_length=120, blank=True, default="")
        ),
        migrations.AddField("fortherecord", "actor", models.JSONField(default=dict, verbose_name="actor")),
        migrations.AddField("fortherecord", "party", models.JSONField(default=dict, verbose_name="party")),
        migrations.RunPython(by_language, as_one_text),
        migrations.RemoveField("fortherecord", "actor_text"),
        migrations.RemoveField("fortherecord", "party_text"),
    ]
