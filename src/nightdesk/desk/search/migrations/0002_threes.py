"""Terms of three syllables came: the index is emptied, and `catch_up` fills it anew at this start."""

from typing import Any

from django.db import migrations

from nightdesk.desk.search import index


def empty(_apps: Any, editor: Any) -> None:
    """A power cut after this leaves it empty, and the next start fills it."""
    for kind in index.KINDS:
        index.clear(kind, editor.connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(empty, migrations.RunPython.noop)]
