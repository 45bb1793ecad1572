"""How many copies are found, by kind, and how many families are wrong: real texts, copied as papers copy them.

There is no gold set of copies. Here real texts, read from real pages, become the posts of press offices, each with its
office's foot; papers carry one copy of each, of one kind. Beside them stand posts that share words and are no copies.
All go through the one door into an archive of their own, in random order.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import combinations, cycle, islice
from pathlib import Path

from scraper import extract, ingest
from scraper.errors import PageError
from scraper.models import Capture, Partner, RawPost
from scraper.partners.registry import build
from scraper.store import families, partners, terms
from scraper.store.archive import Archive, open_archive

AT = datetime(2026, 3, 4, 9, 30, tzinfo=timezone.utc)
FEWEST, MOST, LEAST_PARTS = 120, 1_000, 4  # words and paragraphs of a text that is copied, as posts of a region have
OFFICES, PAPERS = 12, 12
FILLING = 12  # words at least of a paragraph that fills a post
NOTICES = 8  # of one form, in each office
KIN = 0.1  # the share of runs of five words that makes two real texts no strangers: one of them is left out
LONG = 320  # words of a text that a round-up or a quotation may take 60 from: no more than a fifth
NUMBER = re.compile(r"\d+")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Posting:
    """A post of the bench: whose, what it says, which kind it is, and the text that it carries; 0 for its own alone."""

    partner: str
    text: str
    kind: str
    carries: int = 0


class Press:
    """Press offices and papers: what they write, what they copy and how."""

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        self.pick = random.Random(seed)
        whole = [text for text in texts if FEWEST <= len(text.split()) <= MOST and len(paragraphs(text)) >= LEAST_PARTS]
        self.pick.shuffle(whole)
        self.spare, self.whole = whole[: 2 * OFFICES + PAPERS], whole[2 * OFFICES + PAPERS :]
        parts = [part for text in texts if len(text.split()) > MOST for part in paragraphs(text)]
        self.others = [part for part in parts if len(part.split()) >= FILLING]  # more than are used, so each once
        self.pick.shuffle(self.others)
        self.fresh = cycle(self.others)
        self.words = " ".join(self.others).split()
        self.feet = [self.foot(text) for text in self.spare[: OFFICES + PAPERS]]

    def foot(self, text: str) -> str:
        """Return what stands below every post of one partner, 40 to 110 words."""
        words = text.split()[: self.pick.randint(40, 110)]
        return "ENDS\nNotes to editors\n" + " ".join(words)

    def postings(self) -> Iterator[Posting]:
        """Yield every post of the bench."""
        kinds = list(KINDS)
        for number, text in enumerate(self.whole, start=1):
            office, paper = number % OFFICES, self.pick.randrange(PAPERS)
            yield Posting(
                partner=f"office-{office}", text=f"{text}\n{self.feet[office]}", kind="source", carries=number
            )
            kind = kinds[number // OFFICES % len(kinds)]
            copy = KINDS[kind](self, text, office)
            yield Posting(
                partner=f"paper-{paper}", text=f"{copy}\n{self.feet[OFFICES + paper]}", kind=kind, carries=number
            )
        yield from self.lookalikes()

    def lookalikes(self) -> Iterator[Posting]:
        """Yield posts that share words with others and carry no text of theirs."""
        for office in range(OFFICES):
            form = " ".join(self.spare[OFFICES + PAPERS + office].split()[:90])
            for _ in range(NOTICES):
                yield Posting(
                    partner=f"office-{office}", text=f"{self.filled(form)}\n{self.feet[office]}", kind="notice"
                )
            for _ in range(NOTICES):
                short = " ".join(next(self.fresh).split()[:30])
                yield Posting(partner=f"office-{office}", text=f"{short}\n{self.feet[office]}", kind="short post")
        long = [text for text in self.whole if len(text.split()) >= LONG]
        for number in range(0, len(long) - 5, 5):
            paper = self.pick.randrange(PAPERS)
            five = [" ".join(text.split()[:60]) for text in long[number : number + 5]]
            yield Posting(partner=f"paper-{paper}", text="\n".join(five), kind="round-up")
            quoted = " ".join(max(paragraphs(long[number]), key=len).split()[:60])
            story = [*islice(self.fresh, 3), quoted, *islice(self.fresh, 5)]
            yield Posting(partner=f"paper-{paper}", text="\n".join(story), kind="quotation")

    def filled(self, form: str) -> str:
        """Return a notice of one form: other names, other figures."""
        named = NAME.sub(lambda _: self.pick.choice(self.words).title(), form)
        return NUMBER.sub(lambda match: str(self.pick.randrange(10 ** len(match.group()[:9]))), named)

    # ---- how papers copy

    def verbatim(self, text: str, office: int) -> str:
        """Copy all of it; the headline, which is not compared, would be another."""
        return text

    def with_foot(self, text: str, office: int) -> str:
        """Copy all of it and the office's foot."""
        return f"{text}\n{self.feet[office]}"

    def first_70(self, text: str, office: int) -> str:
        """Copy the first paragraphs, 70 % of the words."""
        return first_part(text, 0.7)

    def first_30(self, text: str, office: int) -> str:
        """Copy the first paragraphs, 30 % of the words."""
        return first_part(text, 0.3)

    def with_lead(self, text: str, office: int) -> str:
        """Set a paragraph of its own before it and one after it."""
        return "\n".join([next(self.fresh), text, next(self.fresh)])

    def reordered(self, text: str, office: int) -> str:
        """Put the paragraphs after the first in another order."""
        first, *rest = paragraphs(text)
        self.pick.shuffle(rest)
        return "\n".join([first, *rest])

    def typeset(self, text: str, office: int) -> str:
        """Set other quotes, dashes, spaces and dots."""
        swaps = (('"', "”"), ("'", "’"), (" - ", " – "), ("...", "…"), (". ", ".  "), (" the ", " the\u00a0"))
        for plain, fancy in swaps:
            text = text.replace(plain, fancy)
        return text

    def figures(self, text: str, office: int) -> str:
        """Bring every figure up to date."""
        return NUMBER.sub(lambda match: str(self.pick.randrange(10 ** len(match.group()[:9]))), text)

    def light(self, text: str, office: int) -> str:
        """Replace one word in twenty."""
        return " ".join(self.pick.choice(self.words) if self.pick.random() < 0.05 else word for word in text.split())

    def heavy(self, text: str, office: int) -> str:
        """Drop three sentences of ten and replace one word in twelve of the rest."""
        kept = [one for one in re.split(r"(?<=[.!?])\s+", text) if self.pick.random() > 0.3]
        words = " ".join(kept).split()
        return " ".join(self.pick.choice(self.words) if self.pick.random() < 0.08 else word for word in words)

    def embedded(self, text: str, office: int) -> str:
        """Let it be a third of a longer post."""
        before: list[str] = []
        after: list[str] = []
        while len(" ".join(before + after).split()) < 2 * len(text.split()):
            self.pick.choice((before, after)).append(next(self.fresh))
        return "\n".join([*before, text, *after])

    def as_papers_do(self, text: str, office: int) -> str:
        """Do several at once: a lead, the first 60 %, quotes set anew, a word in thirty another one."""
        cut = self.typeset(first_part(text, 0.6), office)
        words = [self.pick.choice(self.words) if self.pick.random() < 0.03 else word for word in cut.split(" ")]
        return f"{next(self.fresh)}\n{' '.join(words)}"


KINDS: dict[str, Callable[[Press, str, int], str]] = {
    "another headline": Press.verbatim,
    "the office's foot copied too": Press.with_foot,
    "first 70 %": Press.first_70,
    "first 30 %": Press.first_30,
    "own lead and end": Press.with_lead,
    "paragraphs in another order": Press.reordered,
    "quotes, dashes, spaces set anew": Press.typeset,
    "every figure changed": Press.figures,
    "one word in twenty replaced": Press.light,
    "3 sentences of 10 dropped, a word in 12 replaced": Press.heavy,
    "a third of a longer post": Press.embedded,
    "lead, first 60 %, quotes, words": Press.as_papers_do,
}


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text."""
    return [part for part in text.split("\n") if part.strip()]


def first_part(text: str, share: float) -> str:
    """Return whole paragraphs from the beginning, cut in the last, up to a share of the words."""
    most, kept = round(len(text.split()) * share), list[str]()
    for part in paragraphs(text):
        words = part.split()[: most - sum(len(one.split()) for one in kept)]
        if words:
            kept.append(" ".join(words))
    return "\n".join(kept)


def strangers(texts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the texts that share next to nothing with one before them, every run of five words compared."""
    known, kept = set[tuple[str, ...]](), list[tuple[str, str]]()
    for url, text in texts:
        words = re.findall(r"\w+", text.lower())
        runs = set(zip(*(words[start:] for start in range(5)), strict=False))
        if len(runs & known) <= KIN * len(runs):
            kept.append((url, text))
            known |= runs
    return kept


def load(shared: Path) -> Iterator[tuple[str, str]]:
    """Yield (address, text) of every real page that reads as a post, each page once."""
    rows = [json.loads(line) for file in sorted(shared.glob("corpora/*.gold.jsonl")) for line in file.open()]
    for name, url in sorted({row["html"]: row["url"] for row in rows}.items()):
        path = shared / "corpora" / name
        if not url.startswith("http") or not path.is_file():
            continue
        capture = Capture(url=url, fetched_at=AT, status=200, headers={}, body=gzip.decompress(path.read_bytes()))
        try:
            yield url, extract.read(capture, partner_of("bench"), (), None).text
        except PageError:
            continue


def partner_of(slug: str) -> Partner:
    """Return a partner of the bench."""
    home = f"http://{slug}.example/"
    values = {"title": slug, "home": home, "region": "bench", "timezone": "Europe/London", "language": "en-GB"}
    return build(slug, values)


def store(archive: Archive, postings: Sequence[Posting]) -> list[int]:
    """Store the posts through the one door; return their ids in order."""
    known = {slug: partner_of(slug) for slug in {posting.partner for posting in postings}}
    with archive.transaction() as connection:
        terms.save_terms(connection)
        for partner in known.values():
            partners.save_partner(connection, partner)
    ids = []
    for number, posting in enumerate(postings):
        url = f"http://{posting.partner}.example/{number}"
        raw = RawPost(url=url, kind="news", title=f"{posting.kind} {number}", text=posting.text)
        capture = Capture(url=url, fetched_at=AT, status=200, headers={}, body=b"")
        with archive.transaction() as connection:
            outcome = ingest.ingest_page(archive, connection, known[posting.partner], capture, reading=raw)
        ids.append(outcome.post or 0)
    return ids


def found_families(archive: Archive, ids: Sequence[int]) -> list[list[int]]:
    """Return the families as places in `ids`."""
    places = {post: place for place, post in enumerate(ids)}
    found: dict[int, list[int]] = defaultdict(list)
    for row in archive.query("SELECT id, family FROM posts WHERE family IS NOT NULL"):
        found[row["family"]].append(places[row["id"]])
    return list(found.values())


def report(postings: Sequence[Posting], found: Sequence[Sequence[int]]) -> Iterator[str]:
    """Yield the table: copies of each kind, how many are in one family with their source; what was joined wrongly."""
    joined = {pair for family in found for pair in combinations(sorted(family), 2)}
    wrong = Counter[str]()
    right = Counter[str]()
    for one, other in joined:
        left, second = postings[one], postings[other]
        kinds = " / ".join(sorted({left.kind, second.kind} - {"source"})) or "source"
        if left.carries and left.carries == second.carries:
            right[kinds] += 1
        else:
            wrong[" / ".join(sorted((left.kind, second.kind)))] += 1
    whole = Counter(posting.kind for posting in postings)
    yield "| how it was copied | copies | found |"
    yield "|---|---|---|"
    for kind in KINDS:
        yield f"| {kind} | {whole[kind]} | {right[kind] / max(1, whole[kind]):.3f} |"
    copies = sum(whole[kind] for kind in KINDS)
    yield f"| all | {copies} | {right.total() / copies:.3f} |"
    kinds = ", ".join(f"{whole[kind]} {kind}s" for kind in ("notice", "short post", "round-up", "quotation"))
    precision = right.total() / max(1, len(joined))
    yield f"\n{len(postings)} posts, among them {kinds}."
    yield f"Precision over pairs {precision:.4f}: {wrong.total()} of {len(joined)} joined wrongly."
    yield from (f"wrong: {number} × {kinds}" for kinds, number in wrong.most_common())


def natural(texts: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the families found among the real pages themselves, each under its own host, for a person to read."""
    from urllib.parse import urlsplit

    slugs = [re.sub(r"\W", "-", (urlsplit(url).netloc or "none").lower())[:40].strip("-") or "none" for url, _ in texts]
    postings = [Posting(partner=slug, text=text, kind=url) for slug, (url, text) in zip(slugs, texts, strict=True)]
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "archive.db") as archive:
        ids = store(archive, postings)
        families.gather(archive)
        found = found_families(archive, ids)
    yield f"{len(found)} families among {len(postings)} real pages of {len(set(slugs))} hosts"
    for family in found:
        yield "  " + "  =  ".join(postings[place].kind for place in family)


def main() -> int:
    """Print the table of copies, what was joined wrongly, and the cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder that holds corpora/")
    parser.add_argument("--seeds", type=int, default=3, help="runs, each with other copies")
    parser.add_argument("--natural", action="store_true", help="list the families among the real pages themselves")
    options = parser.parse_args()
    if not (options.shared / "corpora").is_dir():
        print(f"no pages: {options.shared / 'corpora'} is not there; --shared names the folder that holds corpora/")
        return 0
    texts = list(load(options.shared))
    print(f"{len(texts)} real texts", flush=True)
    if options.natural:
        print("\n".join(natural(texts)))
        return 0
    alone = strangers(texts)
    print(f"{len(alone)} of them share next to nothing with another")
    postings, found = list[Posting](), list[list[int]]()
    for seed in range(options.seeds):
        first = len(postings)
        run = list(Press([text for _, text in alone], seed).postings())
        random.Random(seed).shuffle(run)
        with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "archive.db") as archive:
            archive.connection.execute("PRAGMA synchronous=OFF")
            ids = store(archive, run)
            began = time.process_time()
            families.gather(archive)
            spent = time.process_time() - began
            found += [[first + place for place in family] for family in found_families(archive, ids)]
        postings += run
        print(f"run {seed}: joined in {spent / len(run) * 1e3:.2f} ms CPU a post", flush=True)
    print("\n".join(report(postings, found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
