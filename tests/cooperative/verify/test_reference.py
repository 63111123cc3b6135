"""What trying every vector finds is true; what is less fair than that is complained of."""

from collections import Counter
from itertools import count

import pytest

from tests.cooperative.verify.batches import complaint, sealed
from tests.cooperative.verify.reference import Reference
from tests.cooperative.verify.tampering import tampered
from tests.cooperative.verify.worlds import tiny


@pytest.mark.parametrize("block", range(4))
def test_every_record_found_by_exhaustive_search_is_true(block: int) -> None:
    for seed in range(block * 150, (block + 1) * 150):
        world = tiny(seed)

        assert complaint(world, Reference(world).record()) is None, seed


def test_falsified_records_found_by_search_are_all_complained_of() -> None:
    tried: Counter[str] = Counter()
    for seed in count():
        world = tiny(seed)
        found = tampered(Reference(world).record(), seed)
        if found is not None:
            way, record = found
            assert complaint(world, record) is not None, (seed, way)
            tried[way] += 1
        if tried.total() == 400:
            break

    assert min(tried.values()) >= 10, tried


def test_hashes_are_not_what_gives_a_falsified_record_away() -> None:
    world = tiny(3)
    record = Reference(world).record()

    assert sealed(record, world) == record
