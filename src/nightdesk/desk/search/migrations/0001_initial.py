"""The index's tables. They hold no row of their own: `catch_up` fills them from what is there."""

from django.db import migrations

from nightdesk.desk.search import index


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunPython(
            lambda apps, editor: index.create(editor.connection),
            lambda apps, editor: index.drop(editor.connection),
        )
    ]
