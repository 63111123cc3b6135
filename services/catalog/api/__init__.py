"""Catalog over HTTP."""

from services.catalog.api.commodities import router as commodities
from services.catalog.api.lots import router as lots

routers = (lots, commodities)
