"""One partner's part of a crawl: what is asked in which order, what each answer does to the archive; no Scrapy."""

from .context import VisitContext
from .exchange import Answer, Ask
from .hosts import LONGEST_HOLD, HostMemory
from .pages import REMOVED
from .visit import Visit
from .walk import Walk

__all__ = ["LONGEST_HOLD", "REMOVED", "Answer", "Ask", "HostMemory", "Visit", "VisitContext", "Walk"]
