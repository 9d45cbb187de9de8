"""A desk of the version before is carried under keys; killed on the way, it goes on where it stopped."""

from __future__ import annotations

import subprocess
import sys

CARRY = """
import os, sys
os.environ |= {"NIGHTDESK_DIR": sys.argv[1], "DJANGO_SETTINGS_MODULE": "nightdesk.desk.settings"}
import django
django.setup()
from nightdesk.desk import vault
vault.open_with(bytes(32))
from datetime import UTC, date, datetime
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
OLD = [("reports", "0002_received_at_indexed"), ("claims", "0001_initial"), ("care", "0001_initial"),
       ("sources", "0002_contact_log"), ("custody", "0001_initial"), ("staff", "0001_initial")]
executor = MigrationExecutor(connection)
executor.migrate(OLD)
old = executor.loader.project_state(OLD).apps
now = datetime(2023, 12, 18, 9, tzinfo=UTC)
bob = old.get_model("staff", "Member").objects.create(username="Bob", role="reporter", password="!")
source = old.get_model("sources", "Source").objects.create(pseudonym="crane", made_on=date(2023, 12, 1))
old.get_model("sources", "Contact").objects.create(source=source, on=date(2023, 12, 1), channel="voice", note="the river")
from hashlib import sha256
import json
def chained(subject, verbs, good=True):
    before = ""
    for verb in verbs:
        line = json.dumps([before, subject, verb, bob.pk, now.isoformat(), ""], ensure_ascii=False)
        digest = sha256(line.encode()).hexdigest() if good else "0" * 64
        old.get_model("custody", "CustodyEntry").objects.create(
            subject=subject, verb=verb, member=bob, at=now, previous=before, digest=digest)
        before = digest
for number in range(7):
    report = old.get_model("reports", "Report").objects.create(
        source=source, lang="ko", contact_on=date(2023, 12, 1), channel="voice", text=f"zqtold{number}", received_at=now)
    account = old.get_model("claims", "Account").objects.create(report=report, end=5)
    old.get_model("claims", "Claim").objects.create(
        account=account, words_start=0, words_end=5, statement=f"zqsaid{number}", act="extortion", basis="rumour",
        made_by=bob, made_at=now)
    chained(f"report:{report.pk}", ["open", "read"], good=number != 3)
from nightdesk.desk.sourcekeys import carrying
carrying.BATCH, row, left = 2, carrying._carry_row, [5]
def cut(*given):
    if not left[0]:
        raise KeyboardInterrupt
    left[0] -= 1
    row(*given)
carrying._carry_row = cut
from django.core.management import call_command
try:
    call_command("migrate", verbosity=0, interactive=False)
except KeyboardInterrupt:
    print("cut")
connection.close()
carrying._carry_row = row
call_command("migrate", verbosity=0, interactive=False)
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.custody import reading
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources.models import Contact
assert sorted(r.text for r in Report.objects.all()) == [f"zqtold{n}" for n in range(7)]
assert sorted(c.statement for c in Claim.objects.all()) == [f"zqsaid{n}" for n in range(7)]
assert Contact.objects.get().note == "the river" and Report.objects.values("seal_token").distinct().count() == 7
broken = [r.pk for r in Report.objects.all() if reading.broken_link(r)]
assert broken == [4], broken
assert list(reading.cut_logs()) == []
assert [(l.who, l.verb) for l in reading.log_of(Report.objects.get(pk=1))] == [("Bob", "open"), ("Bob", "read")]
with connection.cursor() as cursor:
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
from pathlib import Path
from nightdesk.desk.sourcekeys.tests.pages import opened
whole = opened(Path(sys.argv[1]) / "desk.sqlite3")
assert b"zqtold" not in whole and b"zqsaid" not in whole
print("carried")
"""


def test_an_older_desk_is_carried_whole_and_nothing_of_it_lies_open(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", CARRY, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.split() == ["cut", "carried"]
