"""The sample region: five small partner sites that the archive serves to itself over HTTP on loopback.

Each site is written in a shape that exists in the wild, and is crawled like any partner. A post is one text file under
`content/<slug>/`; `sites/` turns the posts of a site into its pages; `server` answers for them; `registry` says how a
partner file would describe them; `truth` says what an archive that reads them rightly must hold.
"""

from scraper.sample.posts import SLUGS
from scraper.sample.registry import partners
from scraper.sample.server import DEFAULT_PORT, PortInUse, SampleRegion, first_port_from

__all__ = ["DEFAULT_PORT", "SLUGS", "PortInUse", "SampleRegion", "first_port_from", "partners"]
