"""What a manager decides about sharing."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from services.chassis.fields import Body


def _wide_enough(permille: int) -> int:
    if 0 < permille < 5:
        raise PydanticCustomError(
            "tier_too_narrow",
            "a tier this narrow would part equal prices",
            {
                "en": "Choose 0 (every price for itself) or 5 to 10000.",
                "id": "Pilih 0 (tiap harga sendiri) atau 5 sampai 10000.",
            },
        )
    return permille


class NewPolicy(Body):
    """The whole policy: what is left out is the usual, whatever held before."""

    first_share_permille: Annotated[
        int,
        Field(
            strict=True, ge=0, le=1000, description="This much of every demand is shared whatever the price."
        ),
    ]
    tier_permille: Annotated[
        int,
        Field(strict=True, ge=0, le=10_000, description="Width of a price tier; 0: every price is its own."),
        AfterValidator(_wide_enough),
    ]
    credit_permille: Annotated[
        int,
        Field(
            strict=True,
            ge=0,
            le=1_000_000,
            description="What an unpaid due is worth, of the reference price.",
        ),
    ]
    minimum_steps: Annotated[
        int,
        Field(
            strict=True, ge=1, le=1000, description="The least asked of one lot, in its commodity's `step`s."
        ),
    ] = 1
    rounds: Annotated[
        int,
        Field(strict=True, ge=1, le=20, description="The most rounds in which one window asks sellers."),
    ] = 10

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "first_share_permille": 250,
                    "tier_permille": 50,
                    "credit_permille": 80,
                    "minimum_steps": 5,
                    "rounds": 3,
                }
            ]
        }
    )
