"""Whom a proxy names as the caller is believed of proxies that the settings name, and of no other."""

from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from services.chassis.settings import Settings
from services.run import server_config

PROXY, CALLER = "10.0.0.9", "203.0.113.9"
SOUND = {"database_url": "postgresql://x", "keys": "keys.json"}


async def caller_seen(proxies: str, by: str) -> str:
    """The address that an application sees of a request which `by` says comes from `CALLER`."""
    seen: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["client"][0])

    config = server_config(app, Settings.model_validate({**SOUND, "proxies": proxies}))
    config.load()
    scope: Any = {"type": "http", "client": (by, 40_000), "headers": [(b"x-forwarded-for", CALLER.encode())]}
    loaded: Any = config.loaded_app
    await loaded(scope, None, None)
    return seen[0]


@pytest.mark.parametrize("by", [PROXY, "127.0.0.1", "::1"])
async def test_no_header_is_believed_unless_a_proxy_is_named(by: str) -> None:
    assert await caller_seen("", by) == by


@pytest.mark.parametrize("proxies", [PROXY, "10.0.0.0/24,192.0.2.1"])
async def test_a_proxy_that_is_named_is_believed_and_others_are_not(proxies: str) -> None:
    assert await caller_seen(proxies, PROXY) == CALLER
    assert await caller_seen(proxies, "10.0.1.1") == "10.0.1.1"
