from django.db import migrations, models

from nightdesk.desk.sourcekeys import fields


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_received_at_indexed"),
        ("sourcekeys", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="seal_token",
            field=models.CharField(default="", editable=False, max_length=32),
        ),
        migrations.RenameField(model_name="report", old_name="basis", new_name="open_basis"),
        migrations.AddField(
            model_name="report",
            name="basis",
            field=fields.SealedField(blank=True, max_length=80, verbose_name="how the teller knows"),
        ),
        migrations.RenameField(model_name="report", old_name="text", new_name="open_text"),
        migrations.AddField(
            model_name="report", name="text", field=fields.SealedField(verbose_name="what was told")
        ),
        migrations.RenameField(model_name="report", old_name="claimed_name", new_name="open_claimed_name"),
        migrations.AddField(
            model_name="report", name="claimed_name", field=fields.SealedField(blank=True, max_length=80)
        ),
        migrations.AddField(
            model_name="report", name="custody", field=fields.SealedJSONField(editable=False)
        ),
    ]
