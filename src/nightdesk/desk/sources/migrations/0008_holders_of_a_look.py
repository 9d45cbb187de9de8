from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0007_speed"),
    ]

    operations = [
        migrations.AddField(
            model_name="reveal",
            name="holders",
            field=models.JSONField(default=dict),
        ),
    ]
