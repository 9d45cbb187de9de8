"""A released story keeps the rates its readers have seen. Older releases keep the day alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0002_story_first_released_on")]
    operations = [migrations.AddField("story", "first_rates", models.JSONField(default=dict))]
