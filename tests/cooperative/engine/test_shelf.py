"""The best line that a type of lots reaches, against plain search, while lines are dropped."""

from random import Random

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from services.cooperative.sharing.engine import read
from services.cooperative.sharing.engine.eligibility import pools
from services.cooperative.sharing.engine.shelf import Shelf
from tests.cooperative.engine.documents import Document, documents, raw, serves


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(), st.integers(0, 10**6))
def test_the_best_line_left_is_found_through_the_chains(document: Document, seed: int) -> None:
    pool = pools(read(raw(document)))["cabai"]
    lots = np.flatnonzero(pool.eligible)
    assume(len(lots) > 0)
    draw = Random(seed)
    demand = np.array(draw.choices(range(len(pool.demands)), k=draw.randrange(12)), dtype=np.int64)
    left = draw.sample(range(len(demand)), len(demand))
    shelf = Shelf(pool, demand, np.array(left, dtype=np.int64))
    plain = {name: {row[name[:-1]]: row for row in document[name]} for name in ("lots", "demands")}

    def reached(lot: int) -> list[int]:
        mine = plain["lots"][pool.lots[lot].lot]
        return [row for row in left if serves(mine, plain["demands"][pool.demands[demand[row]].demand])]

    some, line = shelf.reached(lots)
    assert dict(zip(some.tolist(), line.tolist(), strict=True)) == {
        lot: reached(lot)[0] for lot in lots.tolist() if reached(lot)
    }
    while left:
        lot = draw.choice(lots.tolist())
        place = shelf.best(int(pool.type_of[lot]))
        if place is None:
            assert not reached(lot)
            break
        assert reached(lot)[0] == shelf.rows[place]
        left.remove(int(shelf.rows[place]))
        shelf.drop(place)
