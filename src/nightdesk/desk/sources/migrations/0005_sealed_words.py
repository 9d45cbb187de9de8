from django.db import migrations, models

from nightdesk.desk.sourcekeys import fields


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_seal_words")]

    operations = [
        migrations.RemoveField(model_name="contact", name="open_window"),
        migrations.RemoveField(model_name="contact", name="open_note"),
        migrations.RemoveField(model_name="contact", name="open_next_window"),
        migrations.AlterField(
            model_name="contact",
            name="seal_token",
            field=models.CharField(default=fields.row_token, editable=False, max_length=32),
        ),
    ]
