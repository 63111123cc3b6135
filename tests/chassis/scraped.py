"""What `/metrics` tells, as tests ask for it."""

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.harness.service import ServiceUnderTest


class Scraped(dict[str, float]):
    """Samples by name, or by `name{value of its label}`."""

    @classmethod
    def of(cls, answer: httpx.Response) -> "Scraped":
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "text/plain")
        told = cls()
        for family in text_string_to_metric_families(answer.text):
            for sample in family.samples:
                about = ",".join(sample.labels.values())
                told[f"{sample.name}{{{about}}}" if about else sample.name] = sample.value
        return told


async def scraped(service: ServiceUnderTest) -> Scraped:
    """As Prometheus asks: without a token."""
    async with service.client() as client:
        return Scraped.of(await client.get("/metrics"))
