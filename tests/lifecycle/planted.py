"""Bugs to be planted, each a small patch of a service: the machine must find every one of them."""

from collections.abc import Mapping
from typing import Any

import pytest

from services.catalog.domain import hold
from services.chassis.event import Event
from services.chassis.hearing import Hearing
from services.cooperative.domain import Share, ShareStatus
from services.cooperative.queries import parts
from services.orders.domain import Window


def stock_is_taken_without_looking_how_much_there_is(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(hold, "min", lambda wanted, there: wanted, raising=False)


def a_closing_round_lets_the_accepted_lapse(patch: pytest.MonkeyPatch) -> None:
    close_round = Share.close_round

    def forgetful(share: Share) -> list[Event]:
        if share.round_open and share.status is ShareStatus.ACCEPTED:
            share.status = ShareStatus.OFFERED
        return close_round(share)

    patch.setattr(Share, "close_round", forgetful)


def nothing_is_heard_first(patch: pytest.MonkeyPatch) -> None:
    async def deaf(hearing: Hearing, askers: Mapping[Any, tuple[str, ...]]) -> set[Any]:
        return set()

    patch.setattr(Hearing, "unheard", deaf)


def lines_are_settled_before_catalog_answers(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(parts, "PENDING", frozenset())


def an_order_is_taken_after_the_book_has_closed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Window, "check_open", lambda window, at: window.check_stands())


def what_is_not_kept_is_not_released(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Share, "_give_back", lambda share, reason: [])


PLANTED = (
    stock_is_taken_without_looking_how_much_there_is,
    a_closing_round_lets_the_accepted_lapse,
    lines_are_settled_before_catalog_answers,
    an_order_is_taken_after_the_book_has_closed,
    what_is_not_kept_is_not_released,
)
"""Those that are found within a few stories."""
