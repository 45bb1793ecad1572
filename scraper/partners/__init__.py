"""Registry files, one a partner: what a person decides about each."""
