"""The tracking page in a real browser: on a small phone and a wide screen, by day and by night, and printed."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright, expect

from infra.stack import Stack
from services.orders.app import SERVICE
from tests.harness.service import ServiceUnderTest, under_test
from tests.harness.serving import served
from tests.harness.stack import home
from tests.orders.facts import announced, answered, basket_listed, chilli_body, chilli_listed, places
from tests.orders.following import link_to, lives_through
from tests.orders.people import DEWI_CALLS, KG, NOON

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHONE, SCREEN = 320, 1280
A_MINUTE_MS = 60_000
SHOTS = home() / "screenshots"
"""Where the pages can be looked at after a run."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-headless-shell")
    if found is None:
        pytest.skip("no Chromium is installed")
    async with async_playwright() as driver:
        started = await driver.chromium.launch(executable_path=found)
        yield started
        await started.close()


@dataclass
class Site:
    """Orders, served on this machine for one browser."""

    orders: ServiceUnderTest
    address: str
    browser: Browser

    @asynccontextmanager
    async def visit(
        self, path: str, *, width: int = PHONE, not_found: bool = False, **how: Any
    ) -> AsyncIterator[Page]:
        """A page just opened; by its end nothing may have gone wrong in it but what was to be `not_found`."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": 800}, locale="id-ID", **how
        )
        page, wrong = await context.new_page(), list[str]()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        await page.clock.install()
        await page.goto(self.address + path)
        yield page
        await context.close()
        assert [one for one in wrong if not (not_found and "404 (Not Found)" in one)] == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(
    browser: Browser, stack: Stack, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    async with under_test(stack, SERVICE, tmp_path_factory.mktemp("orders")) as orders:
        orders.moves_to(NOON)
        await orders.receives(chilli_listed(), basket_listed(), announced())
        async with served(orders.app, lifespan="off") as address:
            yield Site(orders, address, browser)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(site: Site) -> str:
    """The way to an order that has lived through everything; its window takes no other one after that."""
    return str((await link_to(site.orders, await lives_through(site.orders)))["path"])


async def shot(page: Page, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


async def flaws(page: Page) -> str:
    """What axe finds hard to use for somebody, in words."""
    found = await Axe().run(page)
    return str(found.generate_report()) if found.violations_count else ""


async def test_news_come_to_an_open_page_by_themselves(site: Site) -> None:
    placed = await places(site.orders)
    path = (await link_to(site.orders, placed["id"]))["path"]
    async with site.visit(path) as page:
        lines = {"lines": [chilli_body(250 * KG)]}
        async with site.orders.client(DEWI_CALLS, **{"If-Match": '"1"'}) as buyer:
            answered(await buyer.put(f"/orders/{placed['id']}", json=lines))
        await page.clock.run_for(A_MINUTE_MS)

        await expect(page.locator("main")).to_contain_text("250 kg, mutu A")
        await expect(page.get_by_role("status")).to_have_text(
            re.compile(r"^Kabar terbaru masuk pukul \d\d\.\d\d$")
        )


async def test_an_open_page_of_a_link_that_was_taken_back_shows_no_more(site: Site) -> None:
    placed = await places(site.orders)
    path = (await link_to(site.orders, placed["id"]))["path"]
    async with site.visit(path, not_found=True) as page:
        async with site.orders.client(DEWI_CALLS) as buyer:
            await buyer.delete(f"/orders/{placed['id']}/tracking")
        await page.clock.run_for(A_MINUTE_MS)

        await expect(page.locator("main")).to_contain_text("Tautan ini keliru atau sudah tidak berlaku.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, SCREEN])
async def test_the_page_fits_and_everyone_can_use_it(
    site: Site, told: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    async with site.visit(told, width=width, color_scheme=scheme) as page:
        await shot(page, f"{width}-{scheme}")

        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        assert await flaws(page) == ""


async def test_a_wrong_link_says_so_to_everyone(site: Site, told: str) -> None:
    async with site.visit("/lacak/ABCD-EFGH", not_found=True) as page:
        await shot(page, "wrong")

        assert await flaws(page) == ""


async def test_all_of_it_is_there_without_scripts(site: Site, told: str) -> None:
    async with site.visit(told) as page:
        with_scripts = await page.locator("main").inner_text()
    async with site.visit(told, java_script_enabled=False) as page:
        without = await page.locator("main").inner_text()

        await expect(page.locator("noscript p")).to_be_visible()
        await page.get_by_role("link", name="English").click()
        await expect(page.locator("main")).to_contain_text("What was ordered")
    assert without == with_scripts


async def test_printed_it_is_black_on_white_without_what_only_a_screen_can(site: Site, told: str) -> None:
    async with site.visit(told, width=SCREEN, color_scheme="dark") as page:
        await page.emulate_media(media="print")
        await shot(page, "printed")

        colours = await page.evaluate(
            "[getComputedStyle(document.body)].map((s) => [s.color, s.backgroundColor])"
        )
        assert colours == [["rgb(0, 0, 0)", "rgb(255, 255, 255)"]]
        await expect(page.get_by_role("navigation")).to_be_hidden()
        await expect(page.locator("main")).to_contain_text("300 kg dari Serang")
