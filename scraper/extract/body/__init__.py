"""A post's main text: clean paragraphs and the least HTML that carries them."""

from __future__ import annotations

from .choose import Body, read

__all__ = ["Body", "read"]
