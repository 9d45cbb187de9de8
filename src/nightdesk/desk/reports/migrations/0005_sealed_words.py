from django.db import migrations, models

from nightdesk.desk.sourcekeys import fields


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_seal_words")]

    operations = [
        migrations.RemoveField(model_name="report", name="open_basis"),
        migrations.RemoveField(model_name="report", name="open_text"),
        migrations.RemoveField(model_name="report", name="open_claimed_name"),
        migrations.AlterField(
            model_name="report",
            name="seal_token",
            field=models.CharField(default=fields.row_token, editable=False, max_length=32),
        ),
    ]
