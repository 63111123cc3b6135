"""A person's contact is for those whom events tie to him: nobody takes it by asking first, or by a made-up claim."""

from dataclasses import replace
from uuid import UUID

import pytest

from services.chassis.access import Caller
from services.chassis.ids import new_id
from services.notify.domain import Place, Word, places_of
from tests.harness.service import ServiceUnderTest, person
from tests.notify.people import (
    CISURU,
    COOPERATIVE,
    SARI,
    SERANG,
    assistant,
    contact_of,
    has_chat,
    hears,
    lot_listed,
    manager,
    order_cancelled,
    order_placed,
    sari,
)

ANOTHERS_CHAT = 66_666
TAKEN = {"name": "Bu Sari", "language": "id", "channel": "telegram", "chat": ANOTHERS_CHAT}
A_STRANGER = Caller(new_id(), "manager", (), new_id())


async def puts(notify: ServiceUnderTest, caller: Caller, person_id: UUID = SARI) -> int:
    async with notify.client(caller) as client:
        return (await client.put(f"/contacts/{person_id}", json=TAKEN)).status_code


async def reads(notify: ServiceUnderTest, caller: Caller, person_id: UUID = SARI) -> int:
    async with notify.client(caller) as client:
        return (await client.get("/messages", params={"person_id": str(person_id)})).status_code


@pytest.mark.parametrize("made_up", [A_STRANGER, replace(A_STRANGER, on_behalf_of=SARI), manager()])
async def test_a_manager_takes_the_contact_of_nobody_who_never_dealt_with_his_cooperative(
    notify: ServiceUnderTest, made_up: Caller
) -> None:
    assert await puts(notify, made_up) == 404
    await notify.receives(order_cancelled(SARI))

    assert await puts(notify, made_up) == 404
    assert await reads(notify, made_up) == 404


async def test_a_lot_ties_its_seller_to_its_cooperatives_manager_and_its_villages_assistant_only(
    notify: ServiceUnderTest,
) -> None:
    await notify.receives(lot_listed())

    assert await puts(notify, A_STRANGER) == 404
    assert await puts(notify, assistant(village=CISURU)) == 404
    assert await puts(notify, assistant(cooperative=new_id())) == 404
    assert [await puts(notify, one) for one in (manager(), assistant())] == [200, 200]
    assert [await reads(notify, one) for one in (manager(), assistant())] == [200, 200]


async def test_an_order_ties_its_buyer_to_the_cooperatives_manager_and_to_no_assistant(
    notify: ServiceUnderTest,
) -> None:
    await notify.receives(order_placed(SARI))

    assert await puts(notify, manager()) == 200
    assert [await puts(notify, one) for one in (A_STRANGER, assistant())] == [404, 404]


async def test_of_a_person_nobody_has_heard_of_the_first_assistant_answers_for_the_tie(
    notify: ServiceUnderTest,
) -> None:
    assert await puts(notify, assistant(cooperative=None)) == 404
    assert await puts(notify, assistant()) == 200

    assert await puts(notify, assistant()) == 200
    assert await puts(notify, assistant(village=CISURU)) == 404
    assert await reads(notify, assistant(village=CISURU)) == 404


async def test_an_assistants_claim_shows_nothing_that_was_told_before(notify: ServiceUnderTest) -> None:
    await notify.receives(order_cancelled(SARI))

    assert await puts(notify, assistant()) == 404
    assert await reads(notify, assistant()) == 404


@pytest.mark.parametrize("for_her", [None, SARI], ids=["by herself", "by her assistant"])
async def test_a_false_claim_ends_with_the_first_lot(notify: ServiceUnderTest, for_her: UUID | None) -> None:
    elsewhere = assistant(village=CISURU, cooperative=new_id())
    assert await puts(notify, elsewhere) == 200

    if for_her:
        await hears(notify, lot_listed(), on_behalf_of=for_her)
    else:
        await notify.receives(lot_listed())

    assert [await reads(notify, elsewhere), await puts(notify, elsewhere)] == [404, 404]
    assert await reads(notify, assistant()) == 200


async def test_the_person_himself_ends_a_false_claim(notify: ServiceUnderTest) -> None:
    assert await puts(notify, assistant(village=CISURU)) == 200

    await has_chat(notify, SARI, 51_001)

    assert await puts(notify, assistant(village=CISURU)) == 404
    assert await reads(notify, assistant(village=CISURU)) == 404
    assert (await contact_of(notify, SARI)).chat == 51_001


async def test_a_buyer_of_no_cooperative_ends_a_false_claim_too(notify: ServiceUnderTest) -> None:
    assert await puts(notify, assistant()) == 200

    assert await puts(notify, replace(person("buyer"), subject=SARI)) == 200

    assert await puts(notify, assistant()) == 404


async def test_a_lot_listed_in_somebodys_name_elsewhere_ties_nobody_who_is_known(
    notify: ServiceUnderTest,
) -> None:
    await notify.receives(lot_listed())
    in_her_name = lot_listed().model_copy(update={"cooperative_id": A_STRANGER.cooperative})

    await hears(notify, in_her_name, on_behalf_of=SARI)

    assert await puts(notify, A_STRANGER) == 404


async def test_her_own_lots_in_two_villages_tie_her_to_both(notify: ServiceUnderTest) -> None:
    await notify.receives(lot_listed(), lot_listed().model_copy(update={"village": CISURU}))

    assert [await puts(notify, assistant(village=one)) for one in (SERANG, CISURU)] == [200, 200]
    assert await puts(notify, sari()) == 200


@pytest.mark.parametrize(
    ("word", "known", "counts"),
    [
        (Word.CLAIMED, None, True),
        (Word.CLAIMED, Word.CLAIMED, False),
        (Word.SPOKEN_FOR, Word.CLAIMED, True),
        (Word.SPOKEN_FOR, Word.SPOKEN_FOR, False),
        (Word.SPOKEN_FOR, Word.OWN, False),
        (Word.OWN, Word.OWN, True),
    ],
)
def test_ones_own_word_adds_to_what_is_known_and_others_only_replace_a_weaker_one(
    word: Word, known: Word | None, counts: bool
) -> None:
    assert word.counts_after(known) is counts


def test_a_token_without_villages_still_names_the_cooperative() -> None:
    assert places_of(COOPERATIVE, ()) == [Place(COOPERATIVE)]
    assert places_of(None, (SERANG,)) == []
