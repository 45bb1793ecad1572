"""What a partner printed, brought into one form: dates, events, addresses, text."""
