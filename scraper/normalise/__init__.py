"""Turn what a page says into one form: addresses, dates, text."""
