"""Batches and records written by hand; every number can be followed with a pencil."""

from tests.cooperative.verify.batches import Document, batch, demand, lot, sealed


def _line(lot_name: str, wanted: str, quantity: int, price: int = 1000) -> Document:
    return {"lot": lot_name, "demand": wanted, "quantity": quantity, "price": price}


def _hak(lot_name: str, wanted: str, first: int, hak: int) -> Document:
    return {"lot": lot_name, "demand": wanted, "first": first, "hak": hak}


def _seller(name: str, first: int, hak: int, given: int, carried: int = 0) -> Document:
    due = hak + carried
    row = {"seller": name, "commodity": "egg", "first": first, "hak": hak, "due": due}
    return {**row, "given": given, "refused": 0, "credit": due - given}


def _lot(own: Document, given: int, reason: str, **more: int) -> Document:
    row = {"lot": own["lot"], "seller": own["seller"], "commodity": "egg", "quantity": own["quantity"]}
    return {**row, "unit": "butir", "per": 1, "price": own["price"], "given": given, "reason": reason, **more}


def _demand(own: Document, filled: int, reason: str) -> Document:
    row = {"demand": own["demand"], "buyer": own["buyer"], "quantity": own["quantity"], "cap": own["cap"]}
    return {**row, "filled": filled, "reason": reason}


def _stuck(tier: int | None, level: int, amount: int, *members: str) -> Document:
    return {"commodity": "egg", "tier": tier, "level": level, "members": list(members), "amount": amount}


def _record(of: Document, **lists: object) -> Document:
    record = {
        "batch": "B",
        "input_hash": "",
        "previous": None,
        "parameters": of["parameters"],
        "confirmed": [],
        "answers": [],
        "names": {},
        "engine": {"name": "a pencil", "version": "HB"},
        "villages": [
            {"village": "V1", "open": True, "effective_cost": 0, "reason": "ZERO_COST"},
            {"village": "V2", "open": False, "effective_cost": 0, "reason": "NO_ELIGIBLE_LOT"},
        ],
        **lists,
    }
    return sealed(record, of)


def fair_day() -> tuple[Document, Document]:
    """8 eggs wanted, three sellers with 4 each, Sari and Tuti at 1000, Wati dearer at 1200.

    First 2 of 8 go evenly: with three for two, any two of them get 1, here Sari and Wati. Of the 6 that are left
    Sari has 3 free at tier 0, Tuti 4: 3 and 3.
    """
    lots = [lot("L1", "Sari", 4), lot("L2", "Tuti", 4), lot("L3", "Wati", 4, 1200)]
    wanted = [demand("D1", 8)]
    of = batch(lots, wanted)
    return of, _record(
        of,
        lines=[_line("L1", "D1", 4), _line("L2", "D1", 3), _line("L3", "D1", 1, 1200)],
        hak_lines=[_hak("L1", "D1", 1, 4), _hak("L2", "D1", 0, 3), _hak("L3", "D1", 1, 1)],
        sellers=[_seller("Sari", 1, 4, 4), _seller("Tuti", 0, 3, 3), _seller("Wati", 1, 1, 1)],
        lots=[
            _lot(lots[0], 4, "FULL"),
            _lot(lots[1], 3, "LEVEL", level=3),
            _lot(lots[2], 1, "TIER_NOT_REACHED"),
        ],
        demands=[_demand(wanted[0], 8, "FULL")],
        cost={"goods": 8200, "haul": 0, "stops": 0},
        bottlenecks=[_stuck(None, 1, 2, "Sari", "Tuti", "Wati"), _stuck(0, 3, 3, "Tuti")],
    )


def short_harvest() -> tuple[Document, Document]:
    """6 eggs for three buyers: the first class whole, then 2 of 4 and 2 of 4; whatever is there is given."""
    lots = [lot("L1", "Sari", 4), lot("L2", "Tuti", 2)]
    wanted = [demand("D1", 2), demand("D2", 4, priority=2), demand("D3", 4, priority=2)]
    of = batch(lots, wanted)
    return of, _record(
        of,
        lines=[_line("L1", "D1", 2), _line("L1", "D2", 2), _line("L2", "D3", 2)],
        hak_lines=[_hak("L1", "D2", 1, 4), _hak("L2", "D3", 1, 2)],
        sellers=[_seller("Sari", 1, 4, 4), _seller("Tuti", 1, 2, 2)],
        lots=[_lot(lots[0], 4, "FULL"), _lot(lots[1], 2, "FULL")],
        demands=[
            _demand(wanted[0], 2, "FULL"),
            _demand(wanted[1], 2, "SHORT"),
            _demand(wanted[2], 2, "SHORT"),
        ],
        cost={"goods": 6000, "haul": 0, "stops": 0},
        bottlenecks=[_stuck(None, 1, 2, "Sari", "Tuti")],
    )


def far_village() -> tuple[Document, Document]:
    """Wati in V2 is due 2 + 3 carried in; a due is worth 80 each, her village's stop costs 500 - 400 = 100.

    Sari and Tuti could fill the order alone, so the truck does not stop at V2: she keeps what she is due.
    """
    lots = [lot("L1", "Sari", 4), lot("L2", "Tuti", 4), lot("L3", "Wati", 4, village="V2")]
    wanted = [demand("D1", 6)]
    villages = [{"village": "V1", "stop_cost": 0}, {"village": "V2", "stop_cost": 500}]
    of = batch(lots, wanted, villages=villages, credits=[{"seller": "Wati", "commodity": "egg", "amount": 3}])
    return of, _record(
        of,
        lines=[_line("L1", "D1", 3), _line("L2", "D1", 3)],
        hak_lines=[_hak("L1", "D1", 1, 2), _hak("L2", "D1", 0, 2), _hak("L3", "D1", 0, 2)],
        sellers=[_seller("Sari", 1, 2, 3), _seller("Tuti", 0, 2, 3), _seller("Wati", 0, 2, 0, 3)],
        lots=[
            _lot(lots[0], 3, "LEVEL", level=2),
            _lot(lots[1], 3, "LEVEL", level=2),
            _lot(lots[2], 0, "VILLAGE_CLOSED"),
        ],
        demands=[_demand(wanted[0], 6, "FULL")],
        villages=[
            {"village": "V1", "open": True, "effective_cost": 0, "reason": "ZERO_COST"},
            {"village": "V2", "open": False, "effective_cost": 100, "reason": "NOT_NEEDED"},
        ],
        cost={"goods": 6000, "haul": 0, "stops": 0},
        bottlenecks=[_stuck(None, 1, 1, "Sari", "Tuti", "Wati"), _stuck(0, 2, 5, "Sari", "Tuti", "Wati")],
    )


def baskets() -> tuple[Document, Document]:
    """Steps of 2, at least 4: of 7 wanted 6 can be given; Sari 4, Tuti's hak of 2 is below her minimum and carried on.

    The first share is 6 * 250 / 1000 = 1. Rest: Sari 1 + 2, Tuti 3 would be even; both are within 1.
    """
    lots = [lot("L1", "Sari", 8, step=2, minimum=4), lot("L2", "Tuti", 8, step=2, minimum=4)]
    wanted = [demand("D1", 7)]
    of = batch(lots, wanted)
    return of, _record(
        of,
        lines=[_line("L1", "D1", 6)],
        hak_lines=[_hak("L1", "D1", 1, 4), _hak("L2", "D1", 0, 2)],
        sellers=[_seller("Sari", 1, 4, 6), _seller("Tuti", 0, 2, 0)],
        lots=[_lot(lots[0], 6, "LEVEL", level=4), _lot(lots[1], 0, "BELOW_MIN_LOT")],
        demands=[_demand(wanted[0], 6, "STEP_ROUNDING")],
        cost={"goods": 6000, "haul": 0, "stops": 0},
        bottlenecks=[_stuck(None, 1, 1, "Sari", "Tuti"), _stuck(0, 3, 5, "Sari", "Tuti")],
    )


DAYS = {"fair day": fair_day, "short harvest": short_harvest, "far village": far_village, "baskets": baskets}
