from django.db import migrations, models

from nightdesk.desk.sourcekeys import fields


class Migration(migrations.Migration):
    dependencies = [("care", "0003_seal_words")]

    operations = [
        migrations.RemoveField(model_name="danger", name="open_reason"),
        migrations.AlterField(
            model_name="danger",
            name="seal_token",
            field=models.CharField(default=fields.row_token, editable=False, max_length=32),
        ),
        migrations.RemoveField(model_name="lifting", name="open_first_reason"),
        migrations.RemoveField(model_name="lifting", name="open_second_reason"),
        migrations.AlterField(
            model_name="lifting",
            name="seal_token",
            field=models.CharField(default=fields.row_token, editable=False, max_length=32),
        ),
        migrations.RemoveField(model_name="consent", name="open_limits"),
        migrations.AlterField(
            model_name="consent",
            name="seal_token",
            field=models.CharField(default=fields.row_token, editable=False, max_length=32),
        ),
        migrations.RemoveField(model_name="keepuntil", name="open_reason"),
        migrations.AlterField(
            model_name="keepuntil",
            name="seal_token",
            field=models.CharField(default=fields.row_token, editable=False, max_length=32),
        ),
    ]
