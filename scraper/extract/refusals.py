"""Pages that are no post: challenges, cookie walls, logins, errors, listings; each with a short reason word."""

from __future__ import annotations

from collections.abc import Mapping

from .document import Document


def refuse(document: Document, headers: Mapping[str, str]) -> None:
    """Raise NotAPost or BlockedPage for a page that is no post."""
