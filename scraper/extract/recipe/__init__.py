"""A partner's template, learned from a handful of its posts: where each field stands and what is not content."""

from .values import BODY, Place, Recipe, from_json

__all__ = ["BODY", "Place", "Recipe", "from_json"]
