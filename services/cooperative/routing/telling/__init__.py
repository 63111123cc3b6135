"""A plan told to people, in Indonesian (`id`) and English (`en`), from the plan alone: sentences and route sheets."""

from services.cooperative.routing.telling.sentences import explained
from services.cooperative.routing.telling.sheet import sheet

LANGUAGES = ("id", "en")

__all__ = ["LANGUAGES", "explained", "sheet"]
