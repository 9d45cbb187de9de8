"""Several members at once, on a real file and in real threads: one report an arrival, no number twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys

SCRIPT = """
import hashlib, json, sys, threading
from pathlib import Path
from nightdesk.desk import serve
serve.create(Path(sys.argv[1]), {"en": "Post"}, "five words that nobody guesses")
from django.db import connection
from nightdesk.desk import clock, keys
from nightdesk.desk.intake import actions, daykeys, drop
from nightdesk.desk.intake.models import Arrival
from nightdesk.desk.reports.models import Report
from nightdesk.desk.staff.models import Member
from nightdesk.seal.closing import seal
from nightdesk.seal.wire import ReportPayload

members = [Member.objects.create_member(name, "five words that nobody guesses", role="editor") for name in "AB"]
for number in range(12):
    said = ReportPayload(text=f"{number}번 통화.", lang="ko", source=f"nobody-{number}")
    data = seal(said, daykeys.public_key(clock.today()), keys.held().newsroom_id)
    Arrival.objects.create(digest=hashlib.sha256(data).hexdigest(), envelope=data, arrived_on=clock.today(),
                           collected_at=clock.now(), confirmed_at=clock.now())
numbers, errors, start = [], [], threading.Barrier(2)

def work(member):
    try:
        start.wait()
        for _ in range(10):
            numbers.append(drop.next_counter())
        actions.open_waiting(member)
    except Exception as error:  # whatever it was, the test shows it
        errors.append(repr(error))
    finally:
        connection.close()

threads = [threading.Thread(target=work, args=(member,)) for member in members]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(json.dumps({"errors": errors, "reports": Report.objects.count(), "waiting": Arrival.objects.filter(opened_at=None).count(),
                  "sources": len({r.source_id for r in Report.objects.all()}), "numbers": len(set(numbers)), "asked": len(numbers)}))
"""


def test_two_members_opening_at_once_write_each_report_once_and_use_no_number_twice(tmp_path):
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith(("NIGHTDESK_", "DJANGO_"))}
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT, str(tmp_path / "desk")],
        env=surroundings, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found == {"errors": [], "reports": 12, "waiting": 0, "sources": 12, "numbers": 20, "asked": 20}
