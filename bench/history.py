"""History must not cost: relay and projection with ten times the rows behind them, beside the same with none."""

from functools import partial

from bench import events
from bench.measure import Figure, Goal, Measure, interleaved, say
from bench.projecting import publish
from bench.stage import Stage, in_process

TIMES = 10
GOAL = 1.25


async def history(stage: Stage, count: int, repeats: int) -> list[Figure]:
    stage.empty_topics()
    await publish(stage.kafka, count)
    return [await _relay(stage, count, repeats), await _projection(stage, count, repeats)]


async def _relay(stage: Stage, count: int, repeats: int) -> Figure:
    empty, full = stage.database("catalog", "relay_empty"), stage.database("catalog", "relay_full")
    await _grow(full, count)
    for url in (empty, full):
        await events.fill(url, count)
    contenders: dict[str, Measure] = {
        name: partial(_per_event, "bench.relaying:relay_all", url=url, kafka=list(stage.kafka))
        for name, url in (("10x history", full), ("empty", empty))
    }
    samples = await interleaved(contenders, repeats, "relay with history, us/event")
    return Figure(
        "relay with 10x the history", "us/event", samples, [Goal("10x history", "empty", GOAL, least=False)]
    )


async def _projection(stage: Stage, count: int, repeats: int) -> Figure:
    empty, full = stage.database("orders", "taken_empty"), stage.database("orders", "taken_full")
    await _grow(full, count)
    contenders: dict[str, Measure] = {
        name: partial(_per_event, "bench.projecting:project", url=url, kafka=list(stage.kafka), count=count)
        for name, url in (("10x history", full), ("empty", empty))
    }
    samples = await interleaved(contenders, repeats, "projection with history, us/event")
    return Figure(
        "projection with 10x the history",
        "us/event",
        samples,
        [Goal("10x history", "empty", GOAL, least=False)],
    )


async def _grow(url: str, count: int) -> None:
    await events.fill(url, count)
    await events.remember(url, count, TIMES - 1)
    say(f"{TIMES * count:,} rows of history in {url.rpartition('/')[2]}")


async def _per_event(function: str, **told: object) -> float:
    return 1e6 / float(await in_process(function, **told))
