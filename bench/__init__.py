"""Benches: the archive measured against worlds with a known truth; they live beside the checkout, not in it."""
