"""What a seller may answer: 1 yes, 2 less, 3 no."""

from enum import IntEnum

from services.chassis.wording import amount, both
from services.cooperative.domain.refusals import LessNeedsQuantity, NotInWholeSteps, QuantityNotUsed


class Answer(IntEnum):
    """As a seller types it."""

    YES = 1
    LESS = 2
    NO = 3


def kept(answer: Answer, quantity: int | None, *, held: int, step: int, unit: str, name: str) -> int:
    """How much of what is held the seller will bring; refused where answer and quantity do not fit."""
    if answer is Answer.LESS:
        return _less(quantity, held=held, step=step, unit=unit, name=name)
    if quantity is not None:
        raise QuantityNotUsed
    return held if answer is Answer.YES else 0


def _less(quantity: int | None, *, held: int, step: int, unit: str, name: str) -> int:
    if quantity is None or not 0 < quantity < held:
        raise LessNeedsQuantity(asked=both(amount, held, unit))
    if quantity % step:
        raise NotInWholeSteps(name=name, step=both(amount, step, unit), wrong=both(amount, quantity, unit))
    return quantity
