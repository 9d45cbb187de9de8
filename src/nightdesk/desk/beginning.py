"""What an unlocked desk does before its first request, and again after every unlocking.

Belongs here: the database's shape, keys ahead, what a power cut left half done, the collecting thread.
Does not belong here: opening a slot (unlocking.py), serving (serve.py).
"""

from __future__ import annotations

import gc
import threading
from pathlib import Path


def begin() -> None:
    """Everything that waited for the keys. Safe to repeat."""
    from nightdesk.desk.care.purging import finish_purges
    from nightdesk.desk.intake.daykeys import make_day_keys
    from nightdesk.desk.releases.previews import remove_all
    from nightdesk.desk.releases.scheduling import keep_hours
    from nightdesk.desk.review.settling import settle_all
    from nightdesk.desk.search.keeping import catch_up
    from nightdesk.desk.staff.sessions import forget_all
    from nightdesk.desk.staff.slotting import drop_left

    migrate()
    forget_all()
    drop_left()
    catch_up()
    settle_all()
    make_day_keys()
    finish_releases()
    remove_all()
    finish_purges()
    keep_hours()
    warm()


def warm() -> None:
    """Tables every screen reads are read now, and what stays for good is taken from the rounds of Python's collector.

    It would walk all of it again and again, a tenth of a second in the middle of somebody's page.
    """
    from nightdesk.desk.stories.rates import table
    from nightdesk.values.places import gazetteer

    table("CNY")
    gazetteer()
    gc.collect()
    gc.freeze()


def migrate() -> None:
    """Brings the database to this version's shape; one that has it already is only asked."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from nightdesk.desk import fresh

    made, executor = fresh.create(), MigrationExecutor(connection)
    # Django's command builds every model once more before it finds nothing to do: a tenth of a second of every start.
    if made or executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def finish_releases() -> None:
    """A Release that a power cut kept from the press goes out now; a withdrawal above all must not wait."""
    from nightdesk.desk.releases.files import press, releases_dir, site_dir
    from nightdesk.desk.releases.models import Release

    if Release.objects.filter(written_at=None).exists() or _is_behind(site_dir(), releases_dir()):
        press()


def _is_behind(site: Path, releases: Path) -> bool:
    """Whether a signed Release came to the disk after the site was built: a press was cut short."""
    written = max((path.stat().st_mtime_ns for path in releases.glob("*.json")), default=None)
    return written is not None and (not site.exists() or site.stat().st_mtime_ns < written)


def collect_meanwhile() -> None:
    """Begins the desk's own rounds: hours kept, hold taken, drop collected, accounts compared, releases read, the index merged. The thread ends with the process."""
    from django.conf import settings

    from nightdesk.desk.claims.background import fill_behind
    from nightdesk.desk.intake.collecting import keep_collecting
    from nightdesk.desk.review.remembering import read_behind
    from nightdesk.desk.search.merging import keep_merged

    fill_behind()
    read_behind()
    keep_merged()
    if settings.NIGHTDESK_COLLECT_EVERY:
        args = (threading.Event(), settings.NIGHTDESK_COLLECT_EVERY)
        threading.Thread(target=keep_collecting, args=args, name="collect", daemon=True).start()
