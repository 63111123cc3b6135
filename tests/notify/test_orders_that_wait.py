"""What a buyer reads when his order waits, joins a window, or his window was too small."""

from services.notify.events import OrderWaiting
from services.notify.rendering import text_for
from tests.harness.service import ServiceUnderTest
from tests.notify.replica import Replicas
from tests.notify.test_templates import story


def test_a_carried_over_order_is_told_with_both_totals_and_what_he_can_do() -> None:
    text = text_for(story("orders.waiting.v1/carried-over"), "id", "Hotel Melati")

    assert text.splitlines() == [
        "Hotel Melati, pesanan MTVW-62W1 menunggu periode pesan berikutnya:",
        "- Keranjang bambu: 40 buah, paling mahal Rp55.000/buah",
        "Periodenya dibatalkan: semua pesanan bersama Rp4.210.000, padahal paling sedikit Rp5.000.000.",
        "Pesanan masih bisa diubah atau dibatalkan. Kami kabari begitu masuk ke suatu periode.",
    ]


def test_an_order_that_joined_a_window_is_told_which_and_until_when_it_can_change() -> None:
    text = text_for(story("orders.changed.v1/hotel-waited-for-it"), "en", None)

    assert text.splitlines() == [
        "Your order MTVW-62W1 is now in window Pasar Sabtu Cipari, for delivery on Sat 5 Dec 2026:",
        "- Keranjang bambu: 40 pieces, at most Rp55,000/piece",
        "You can change or cancel it until Thu 3 Dec 2026 at 12:00 WIB.",
    ]


def test_a_cancelled_order_of_a_window_too_small_names_both_totals() -> None:
    text = text_for(story("orders.cancelled.v1/too-little-for-a-truck"), "en", None)

    assert "all orders in this window came to Rp4,210,000, and it needed at least Rp5,000,000" in text


async def test_each_step_of_a_waiting_order_is_one_message_to_its_buyer(
    notify: ServiceUnderTest, sending: Replicas
) -> None:
    waits, joined = (
        story("orders.waiting.v1/hotel-between-windows"),
        story("orders.changed.v1/hotel-waited-for-it"),
    )

    assert isinstance(waits, OrderWaiting)
    await notify.receives(waits, joined, waits)

    told = await sending.messages(waits.buyer_id)
    assert [message.template for message in told] == ["order_waiting", "order_changed"]
