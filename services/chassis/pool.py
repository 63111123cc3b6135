"""Connections are handed out alive: a closed one is known without asking, one that rested long is asked first."""

import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

RESTED_S = 1.0
"""A server that goes closes its sockets, and the driver has seen that; asking each time takes three round trips."""

_SINCE = "rested since"


def hand_out_alive(engine: Engine) -> None:
    """Look at each connection before it is used; where one is dead, those as old as it are made anew."""

    def look(connection: Any, record: Any, _: Any) -> None:
        rested = time.monotonic() - record.info.pop(_SINCE, time.monotonic())
        if connection.driver_connection.is_closed() or (
            rested > RESTED_S and not _answers(engine, connection)
        ):
            raise InvalidatePoolError

    def rest(_: Any, record: Any) -> None:
        record.info[_SINCE] = time.monotonic()

    event.listen(engine, "checkout", look)
    event.listen(engine, "checkin", rest)


def _answers(engine: Engine, connection: Any) -> bool:
    try:
        return bool(engine.dialect.do_ping(connection))
    except engine.dialect.loaded_dbapi.Error:
        return False
