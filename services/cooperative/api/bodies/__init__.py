"""What requests to cooperative carry."""

from services.cooperative.api.bodies.plans import NewPlan
from services.cooperative.api.bodies.policy import NewPolicy
from services.cooperative.api.bodies.registry import (
    NewCommodity,
    NewCooperative,
    NewCosts,
    NewMember,
    NewPoint,
    NewVillage,
)
from services.cooperative.api.bodies.weighing import NewDecision, NewWeighIns
from services.cooperative.api.bodies.windows import CallOff, NewAnswer, NewWindow

__all__ = [
    "CallOff",
    "NewAnswer",
    "NewCommodity",
    "NewCooperative",
    "NewCosts",
    "NewDecision",
    "NewMember",
    "NewPlan",
    "NewPoint",
    "NewPolicy",
    "NewVillage",
    "NewWeighIns",
    "NewWindow",
]
