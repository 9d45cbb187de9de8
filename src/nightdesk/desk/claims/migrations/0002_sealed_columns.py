from django.db import migrations, models

from nightdesk.desk.sourcekeys import fields


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_initial"),
        ("sourcekeys", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="seal_token",
            field=models.CharField(default="", editable=False, max_length=32),
        ),
        migrations.RenameField(model_name="claim", old_name="statement", new_name="open_statement"),
        migrations.AddField(
            model_name="claim",
            name="statement",
            field=fields.SealedField(max_length=300, verbose_name="in one sentence"),
        ),
        migrations.RenameField(model_name="claim", old_name="actor", new_name="open_actor"),
        migrations.AddField(
            model_name="claim",
            name="actor",
            field=fields.SealedField(blank=True, max_length=120, verbose_name="who"),
        ),
        migrations.RenameField(model_name="claim", old_name="party", new_name="open_party"),
        migrations.AddField(
            model_name="claim",
            name="party",
            field=fields.SealedField(blank=True, max_length=120, verbose_name="to whom"),
        ),
    ]
