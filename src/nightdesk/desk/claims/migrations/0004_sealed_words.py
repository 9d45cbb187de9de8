from django.db import migrations, models

from nightdesk.desk.sourcekeys import fields


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_seal_words")]

    operations = [
        migrations.RemoveField(model_name="claim", name="open_statement"),
        migrations.RemoveField(model_name="claim", name="open_actor"),
        migrations.RemoveField(model_name="claim", name="open_party"),
        migrations.AlterField(
            model_name="claim",
            name="seal_token",
            field=models.CharField(default=fields.row_token, editable=False, max_length=32),
        ),
    ]
