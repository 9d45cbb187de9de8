"""Runs a drop on uvicorn with what a drop must not do switched off.

No access log, no server header, no exact date, no trust in forwarded addresses, no websockets.
Belongs here: those settings. Does not belong here: arguments (cli/drop.py).
"""

from __future__ import annotations

import uvicorn
from starlette.applications import Starlette

KEEP_ALIVE = 5  # seconds
STOPPING = 10  # seconds that open requests get when the drop is stopped
CONNECTIONS = 1000  # beyond that uvicorn answers 503: bounded memory, whoever asks


def server(app: Starlette, host: str, port: int) -> uvicorn.Server:
    """A server ready to `run()`. It writes nothing about whoever connects."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            access_log=False,
            log_level="error",
            server_header=False,
            date_header=False,
            proxy_headers=False,
            ws="none",
            lifespan="on",
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=STOPPING,
            limit_concurrency=CONNECTIONS,
        )
    )
