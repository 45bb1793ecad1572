"""One module per page of the site: each reads what it shows and names its template."""
