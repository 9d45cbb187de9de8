from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0006_story_term"),
    ]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="taken",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="photo",
            name="placing",
            field=models.CharField(default="", max_length=24),
        ),
    ]
