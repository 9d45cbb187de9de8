from django.db import migrations, models

from nightdesk.desk.sourcekeys import fields


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0002_contact_log"),
        ("sourcekeys", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="seal_token",
            field=models.CharField(default="", editable=False, max_length=32),
        ),
        migrations.RenameField(model_name="contact", old_name="window", new_name="open_window"),
        migrations.AddField(
            model_name="contact",
            name="window",
            field=fields.SealedField(blank=True, max_length=40, verbose_name="window"),
        ),
        migrations.RenameField(model_name="contact", old_name="note", new_name="open_note"),
        migrations.AddField(
            model_name="contact",
            name="note",
            field=fields.SealedField(blank=True, max_length=300, verbose_name="note"),
        ),
        migrations.RenameField(model_name="contact", old_name="next_window", new_name="open_next_window"),
        migrations.AddField(
            model_name="contact",
            name="next_window",
            field=fields.SealedField(blank=True, max_length=40, verbose_name="its window"),
        ),
    ]
