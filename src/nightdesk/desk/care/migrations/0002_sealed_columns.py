from django.db import migrations, models

from nightdesk.desk.sourcekeys import fields


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0001_initial"),
        ("sourcekeys", "0001_initial"),
        ("reports", "0005_sealed_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="danger",
            name="seal_token",
            field=models.CharField(default="", editable=False, max_length=32),
        ),
        migrations.RenameField(model_name="danger", old_name="reason", new_name="open_reason"),
        migrations.AddField(
            model_name="danger", name="reason", field=fields.SealedField(verbose_name="reason")
        ),
        migrations.AddField(
            model_name="lifting",
            name="seal_token",
            field=models.CharField(default="", editable=False, max_length=32),
        ),
        migrations.RenameField(model_name="lifting", old_name="first_reason", new_name="open_first_reason"),
        migrations.AddField(
            model_name="lifting", name="first_reason", field=fields.SealedField(verbose_name="reason")
        ),
        migrations.RenameField(model_name="lifting", old_name="second_reason", new_name="open_second_reason"),
        migrations.AddField(
            model_name="lifting",
            name="second_reason",
            field=fields.SealedField(blank=True, verbose_name="reason of the second person"),
        ),
        migrations.AddField(
            model_name="consent",
            name="seal_token",
            field=models.CharField(default="", editable=False, max_length=32),
        ),
        migrations.RenameField(model_name="consent", old_name="limits", new_name="open_limits"),
        migrations.AddField(
            model_name="consent",
            name="limits",
            field=fields.SealedField(blank=True, verbose_name="limits, in words"),
        ),
        migrations.AddField(
            model_name="keepuntil",
            name="seal_token",
            field=models.CharField(default="", editable=False, max_length=32),
        ),
        migrations.RenameField(model_name="keepuntil", old_name="reason", new_name="open_reason"),
        migrations.AddField(
            model_name="keepuntil", name="reason", field=fields.SealedField(verbose_name="reason")
        ),
    ]
