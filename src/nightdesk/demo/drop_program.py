"""The drop as it is, on the demo's clock: `python -m nightdesk.demo.drop_program DIR IDENTITY PORT [NAME_KO]`."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from nightdesk.demo import clock
from nightdesk.drop.app import create_app
from nightdesk.drop.config import config
from nightdesk.drop.serve import server


def main() -> None:
    directory, identity, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    names = {"ko": sys.argv[4]} if sys.argv[4:] else {}
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = create_app(directory / "drop.sqlite3", config(identity, names=names), clock.today)
    with suppress(KeyboardInterrupt):  # Ctrl-C is how the demo ends
        server(app, "127.0.0.1", port).run()


if __name__ == "__main__":
    main()
