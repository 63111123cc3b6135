"""In later rounds each seller reads what became of his lot: who refused, what others held first, what he took off."""

from uuid import UUID

import pytest

from services.chassis.event import Event
from tests.cooperative.people import ANSWER_BY, CALLS, KG, LOTS, SARI, TUTI, WATI, WINDOW
from tests.cooperative.steps import Told, is_shared, reads, says
from tests.cooperative.told import corrected, held, refused, withdrawn
from tests.harness.service import ServiceUnderTest

GONE, OWN = "sudah disisihkan lebih dulu untuk pesanan lain", "sudah Anda kurangi atau tarik sendiri"
ENDS = "jadi tidak ditambah lagi"
SAID: dict[str, tuple[list[str], str, str]] = {
    "all was held elsewhere": (["refused"], f"20 kg dari lot Anda {GONE}, {ENDS}", "20 kg of your lot had been"),
    "a part was held elsewhere": (["12"], f"8 kg dari lot Anda {GONE}, {ENDS}", "8 kg of your lot had been set"),
    "he withdrew it": (["-20", "withdrawn"], f"20 kg dari lot Anda {OWN}, {ENDS}", "20 kg of your lot had been taken"),
    "he took a part of it": (["-8", "12"], f"8 kg dari lot Anda {OWN}, {ENDS}", "8 kg of your lot had been taken off"),
    "he took, and others held": (
        ["-8", "9"],
        f"3 kg dari lot Anda {GONE}, 8 kg {OWN}, {ENDS}",
        "3 kg of your lot had been set aside for other orders before, 8 kg had been taken off",
    ),
    "a part was held elsewhere, and he said no": (
        ["12", "no"],
        f"8 kg dari lot Anda {GONE}, 12 kg ditolak, {ENDS}",
        "8 kg of your lot had been set aside for other orders before, 12 kg was refused",
    ),
    "he said no": (["20", "no"], f"20 kg dari lot Anda ditolak, {ENDS}", "20 kg of your lot was refused"),
    "he said nothing": (["20", "nothing"], f"20 kg dari lot Anda tidak dijawab, {ENDS}", "20 kg of your lot was not"),
    "catalog was late": ([], "20 kg dari lot Anda tidak sempat disisihkan", "20 kg of your lot could not be set aside"),
}  # fmt: skip


async def in_the_second_round(cooperative: ServiceUnderTest, happens: list[str]) -> dict[str, str]:
    """What Sari reads then; the others said yes to all."""
    wanted = {UUID(one["lot_id"]): one for one in await is_shared(cooperative)}
    told = [one for word in happens for one in as_told(wanted[LOTS[SARI]], word)]
    await cooperative.receives(held(wanted[LOTS[TUTI]]), held(wanted[LOTS[WATI]]), *told)
    for offer in await cooperative.events("cooperative.share_offered.v1"):
        seller = UUID(offer["seller_id"])
        if seller != SARI or "nothing" not in happens:
            await says(cooperative, CALLS[seller], offer, 3 if seller == SARI and "no" in happens else 1)
    await cooperative.falls_due(ANSWER_BY)
    return await read_by_sari(cooperative)


async def read_by_sari(cooperative: ServiceUnderTest) -> dict[str, str]:
    (head, *_) = (await reads(cooperative, CALLS[SARI], f"/sharings?window_id={WINDOW}"))["items"]
    (told,) = (await reads(cooperative, CALLS[SARI], f"/sharings/{head['id']}"))["told"]
    assert head["round"] > 1
    return dict(told["sentences"])


def as_told(wanted: Told, word: str) -> list[Event]:
    match word:
        case "refused" | "withdrawn":
            reason = "WITHDRAWN" if word == "withdrawn" else "NOTHING_LEFT"
            return [refused(wanted, 3, reason=reason)]
        case "-20":
            return [withdrawn(SARI, 20 * KG)]
        case "-8":
            return [corrected(SARI, -8 * KG, left=12 * KG)]
        case "no" | "nothing":
            return []
    return [held(wanted, int(word) * KG, version=3)]


@pytest.mark.parametrize(("happens", "indonesian", "english"), SAID.values(), ids=SAID.keys())
async def test_a_seller_reads_in_the_next_round_what_became_of_his_lot(
    cooperative: ServiceUnderTest, happens: list[str], indonesian: str, english: str
) -> None:
    told = await in_the_second_round(cooperative, happens)

    assert indonesian.casefold() in told["id"].casefold()
    assert english.casefold() in told["en"].casefold()


async def test_it_still_stands_in_the_round_after_that(cooperative: ServiceUnderTest) -> None:
    second = await in_the_second_round(cooperative, ["-8", "9"])
    *_, one, other = await cooperative.events("cooperative.hold_wanted.v1")
    await cooperative.receives(refused(one, 7), held(other, version=7))
    *_, offer = await cooperative.events("cooperative.share_offered.v1")
    await says(cooperative, CALLS[UUID(offer["seller_id"])], offer, 1)
    await cooperative.falls_due()

    third = await read_by_sari(cooperative)

    assert len(await cooperative.events("cooperative.sharing_published.v1")) == 3
    assert f"3 kg dari lot Anda {GONE}, 8 kg {OWN}".casefold() in second["id"].casefold()
    assert f"3 kg dari lot Anda {GONE}, 8 kg {OWN}".casefold() in third["id"].casefold()
