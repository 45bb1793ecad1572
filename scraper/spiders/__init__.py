"""Where Scrapy meets the archive: one spider class, its settings, and partners as spiders by name."""
