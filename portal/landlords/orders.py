"""The catalogue of orders, read once from landlords/orders.toml."""

import json
import tomllib
from functools import cache
from pathlib import Path

from portal.domain.court_orders import OrderCatalogue

ORDERS = Path(__file__).resolve().parents[2] / "landlords" / "orders.toml"


@cache
def catalogue() -> OrderCatalogue:
    """Every kind of order that the portal knows; a fault in the file is raised with its place."""
    return OrderCatalogue.model_validate_json(json.dumps(tomllib.loads(ORDERS.read_text(encoding="utf-8"))))
