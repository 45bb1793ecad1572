"""Settings of every crawl, hardened; each line with its reason. `scrapy.cfg` points here."""

from __future__ import annotations

from scraper import identity

BOT_NAME = identity.ROBOTS_TOKEN
USER_AGENT = identity.USER_AGENT
SPIDER_LOADER_CLASS = "scraper.spiders.loader.PartnerLoader"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
TWISTED_DNS_RESOLVER = "scraper.crawl.guard.GuardedResolver"  # refuses addresses that are not public

# Doors that a crawler of strangers' pages has no use for. The last two run code and are open by default.
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
HTTPPROXY_ENABLED = False
COOKIES_ENABLED = False
METAREFRESH_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True  # off by default

# Manners. A host's delay is its partner's, raised by crawl/politeness.py; jitter may only add, so Scrapy's is off.
ROBOTSTXT_OBEY = True  # by crawl/robots.py: Scrapy's own middleware goes on when robots.txt cannot be had
CONCURRENT_REQUESTS = 2
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, br",
    "Accept-Language": "en-GB,en;q=0.8,*;q=0.5",  # of robots.txt; the spider asks for the partner's own
}

# Limits. A body is cut at 8 MB as it arrives (crawl/limits.py); Scrapy's own cap stands above it as a second lock.
BODY_BYTES = 8 * 1024 * 1024
DOWNLOAD_MAXSIZE = 9 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 30
REDIRECT_MAX_TIMES = 5
URLLENGTH_LIMIT = 1024
RETRY_TIMES = 2
# A host that lets us wait for half a minute is asked again in the next run: each repeat would hold a connection more.
RETRY_EXCEPTIONS = [
    "scrapy.exceptions.CannotResolveHostError",
    "scrapy.exceptions.DownloadConnectionRefusedError",
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.ResponseDataLossError",
]
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # 429 and 503 are answered by crawl/politeness.py

# What was sent is kept undecoded; decoding, under a cap, is capture/encoding.py's, live and again.
COMPRESSION_ENABLED = False

# The frontier is a table: Scrapy keeps its queue in memory and forgets nothing, as it never holds anything.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
REFERER_ENABLED = False
WARN_ON_GENERATOR_RETURN_VALUE = False

# The spider yields nothing, and each place for its items is a task made for every answer: 100 of them cost 1 ms.
CONCURRENT_ITEMS = 1
DOWNLOADER_STATS = False  # nobody reads them

SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # every answer is news
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,  # no partner gave us a password
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scraper.crawl.guard.GuardMiddleware": 50,  # before anything leaves: scheme and host
    "scraper.crawl.robots.RobotsMiddleware": 100,  # may we
    "scraper.crawl.politeness.PolitenessMiddleware": 610,  # may we now; sees redirects (600), repeats (550)
    "scraper.crawl.capturing.CaptureMiddleware": 950,  # the innermost: what came, as it came
}
EXTENSIONS = {
    "scraper.crawl.limits.BodyLimit": 0,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
}
LOG_LEVEL = "ERROR"  # what a run has to say stands in the database and in its own lines
