"""Django's SQLite backend with its DB-API module swapped for sqlcipher3, and the key set before anything else.

Migrations, FTS5 and Django's own checks are the stock backend's. The write-ahead log is encrypted page
by page like the database; spills stay in memory (`temp_store`). Belongs here: the connection. Does not
belong here: where the key comes from (vault.py).
"""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.backends.sqlite3 import base as stock
from django.db.backends.sqlite3._functions import register
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2

from nightdesk.desk import vault

for _kind, _parse in (
    ("date", parse_date), ("time", parse_time), ("datetime", parse_datetime), ("timestamp", parse_datetime),
):  # fmt: skip
    dbapi2.register_converter(_kind, stock.decoder(_parse))
dbapi2.register_converter("bool", b"1".__eq__)
dbapi2.register_adapter(decimal.Decimal, str)
dbapi2.register_adapter(datetime.date, stock.adapt_date)
dbapi2.register_adapter(datetime.datetime, stock.adapt_datetime)


class Cursor(dbapi2.Cursor):
    """Django's placeholders made SQLite's; the stock cursor does the same over the stock module."""

    convert_query = stock.SQLiteCursorWrapper.convert_query

    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, Mapping) else None
        return super().execute(self.convert_query(query, param_names=names), params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        listed = list(param_list)
        names = list(listed[0]) if listed and isinstance(listed[0], Mapping) else None
        return super().executemany(self.convert_query(query, param_names=names), listed)


class DatabaseWrapper(stock.DatabaseWrapper):
    """A connection that is keyed before its first statement."""

    Database = dbapi2
    display_name = "SQLCipher"
    init_commands: list[str]  # of the stock backend, set with the connection's parameters

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """An open connection. Raises Locked while the desk holds no secret: nothing is opened then."""
        key = vault.database_key().hex()
        connection = dbapi2.connect(**conn_params)
        # A raw key: 256 random bits need no stretching, which would cost each connection a second.
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        register(connection)
        for command in ("PRAGMA foreign_keys = ON", "PRAGMA legacy_alter_table = OFF", *self.init_commands):
            if command.strip():
                connection.execute(command)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
