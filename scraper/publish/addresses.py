"""Short permanent addresses: Crockford's base32 of a row id, lower case, no padding (https://www.crockford.com/base32.html)."""

from __future__ import annotations

DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
MOST_DIGITS = 13  # 64 bits
READ_AS = str.maketrans({"i": "1", "l": "1", "o": "0", "-": None})


def shorten(number: int) -> str:
    """Return the short form of a row id."""
    digits = ""
    while True:
        number, digit = divmod(number, 32)
        digits = DIGITS[digit] + digits
        if not number:
            return digits


def lengthen(short: str) -> int | None:
    """Return the row id of a short form, however it was typed (case, I, L, O, hyphens); None when it is none."""
    typed = short.strip().lower().translate(READ_AS)
    if not typed or len(typed) > MOST_DIGITS or any(character not in DIGITS for character in typed):
        return None
    number = 0
    for character in typed:
        number = number * 32 + DIGITS.index(character)
    return number if number < 2**63 else None
