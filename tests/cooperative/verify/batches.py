"""Small batches for the verifier's tests, and records written by hand beside them."""

import json
from copy import deepcopy
from typing import Any

from services.cooperative.sharing.verify import Complaint, first_complaint
from services.cooperative.sharing.verify.batch import batch_of
from services.cooperative.sharing.verify.hashes import input_hash, output_hash

Document = dict[str, Any]


def lot(name: str, seller: str, quantity: int, price: int = 1000, **more: Any) -> Document:
    own = {
        "lot": name,
        "seller": seller,
        "village": "V1",
        "commodity": "egg",
        "quantity": quantity,
        "price": price,
    }
    return {**own, **more}


def demand(name: str, quantity: int, cap: int = 2000, **more: Any) -> Document:
    own = {"demand": name, "buyer": f"buyer of {name}", "commodity": "egg", "quantity": quantity, "cap": cap}
    return {**own, **more}


def batch(lots: list[Document], demands: list[Document], **more: Any) -> Document:
    """Reference price 1000 per unit, tiers of 5 %, a quarter shared first; villages V1 and V2 for nothing."""
    return {
        "batch": "B",
        "day": "2026-11-27",
        "parameters": {"first_share_permille": 250, "tier_permille": 50, "credit_permille": 80},
        "commodities": [
            {"commodity": "egg", "unit": "butir", "per": 1, "grades": [], "reference_price": 1000}
        ],
        "villages": [{"village": name, "stop_cost": 0} for name in ("V1", "V2")],
        "lots": lots,
        "demands": demands,
        **more,
    }


def raw(document: Document) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def sealed(record: Document, of: Document | None = None) -> Document:
    """The record with its hashes computed anew."""
    sealed = deepcopy(record)
    if of is not None:
        sealed["input_hash"] = input_hash(batch_of(json.loads(raw(of))))
    sealed["output_hash"] = output_hash(sealed)
    return sealed


def complaint(of: Document, record: Document) -> Complaint | None:
    return first_complaint(raw(of), raw(record))
