"""The tables of a desk that has none yet, made at once in today's shape.

Seventy migrations one after the other take four seconds of a processor to arrive at the same tables. A migration
that puts rows in, or makes what is no model's, has to be followed here: tests/test_fresh.py compares. Belongs here:
the first shape of an empty database. Does not belong here: bringing an older desk forward (the apps' migrations),
when it is done (beginning.py).
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def create() -> bool:
    """All tables, with every migration noted as done; whether there were none before. A power cut leaves none."""
    if connection.introspection.table_names():
        return False
    recorder = MigrationRecorder(connection)
    done = MigrationLoader(connection).graph.nodes
    with connection.schema_editor() as editor:
        editor.create_model(recorder.Migration)
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
        _create_search()
        recorder.Migration.objects.using(connection.alias).bulk_create(
            recorder.Migration(app=app, name=name) for app, name in sorted(done)
        )
    return True


def _create_search() -> None:
    """The one thing the migrations make that is no model's."""
    from nightdesk.desk.search import index

    index.create(connection)
