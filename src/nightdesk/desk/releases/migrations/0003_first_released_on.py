"""The day of each story's first release, from the signed document that says it."""

import json

from django.db import migrations


def fill(apps, schema_editor):
    stories = apps.get_model("stories", "Story").objects
    for row in apps.get_model("releases", "Release").objects.filter(version=1):
        said = json.loads(bytes(row.document))
        stories.filter(pk=row.story_id).update(first_released_on=said["first_released_on"])


class Migration(migrations.Migration):
    dependencies = [("releases", "0002_initial"), ("stories", "0002_story_first_released_on")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
