"""One vocabulary for categories: what partners call things → terms of the IPTC Media Topics."""

from scraper.vocabulary.crosswalk import Match, map_label
from scraper.vocabulary.suggestions import Suggestion, suggest
from scraper.vocabulary.terms import Term, ancestors, children, load

__all__ = ["Match", "Suggestion", "Term", "ancestors", "children", "load", "map_label", "suggest"]
