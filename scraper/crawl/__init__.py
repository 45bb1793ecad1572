"""Fetch: one watched process per partner, polite, guarded, every answer captured before it is read."""
