"""Crawl a misbehaving web on loopback and let its own judge look at the archive: `make bench-hostile`."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
ARCHIVE = (sys.executable, "-c", "from scraper.cli import main; main()")
ALLOW = "127.0.1.0/24"  # the bench's own hosts; its canaries lie outside
DELAY = 0.3  # seconds; the judge asks for 0.25
SAMPLE_SECONDS = 0.5
CRASH_DELAY = 0.05  # so that a crawl is short enough to be killed often
MOST_TOGETHER_MB = 600  # PSS of all processes of a crawl
MOST_ALONE_MB = 250  # PSS of one of them


def main() -> None:
    """Run what the arguments ask for; the exit code says whether everything passed."""
    asked = parse_arguments()
    bench = asked.shared / "hostile"
    if not (bench / "server.py").is_file():
        print(f"no bench at {bench}: nothing to measure (--shared names the folder that holds hostile/)")
        return
    with tempfile.TemporaryDirectory(prefix="hostile-") as made:
        work = (asked.work or Path(made)).absolute()
        work.mkdir(parents=True, exist_ok=True)
        if asked.run:
            sys.exit(crawl_run(asked.run, asked.export, asked.only, asked.workers))
        steps = {"crawl": crawl_twice, "each": crawl_each, "crash": crash}
        failed = [name for name in asked.steps if not steps[name](bench, work, asked)]
    print("failed: " + ", ".join(failed) if failed else "all steps passed")
    sys.exit(bool(failed))


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder that holds hostile/")
    parser.add_argument("--steps", nargs="+", default=["crawl", "crash"], choices=["crawl", "each", "crash"])
    parser.add_argument("--work", type=Path, help="keep the files here; else in a temporary folder")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--crash-tests", help="only these tests of crashloop.py")
    parser.add_argument("--faketime", type=Path, help="libfaketime.so.1, for the clock that jumps")
    parser.add_argument("--jobs", type=int, default=2, help="for the step `each`: so many hazards at a time")
    parser.add_argument("--hazards", nargs="*", default=[], help="for the step `each`: only these")
    parser.add_argument("--only", default="", help="crawl only these hosts, comma-separated")
    parser.add_argument(
        "--pattern", help="name posts by this URL pattern, so that every hazard that it fits is fetched"
    )
    parser.add_argument("--run", type=Path, help="crawl what is served with this run folder, and nothing else")
    parser.add_argument("--export", type=Path, default=Path("export.jsonl"), help="with --run: where the posts go")
    return parser.parse_args()


def crawl_twice(bench: Path, work: Path, asked: argparse.Namespace) -> bool:
    """Crawl the whole bench, judge it, let it change, crawl and judge again."""
    run, port = work / "run", free_port()
    with served(bench, run, port, only=asked.only):
        db, partners = work / "archive.db", write_registry(run, work / "partners", pattern=asked.pattern)
        fine = True
        for phase, options in ((1, ()), (2, ("--full",))):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/__ctl/phase?n={phase}").read()
            command = ["crawl", *options, "--workers", str(asked.workers), "--partners", partners, "--db", db]
            seconds, together, alone, code = measured(archive(command), work / f"crawl-{phase}.log")
            export = work / f"export-{phase}.jsonl"
            subprocess.run(archive(["export", "--output", export, "--db", db]), check=True, env=environment())
            print(
                f"phase {phase}: {seconds:.0f} s, exit {code}, PSS {together:.0f} MB together (limit"
                f" {MOST_TOGETHER_MB}), {alone:.0f} MB in one process (limit {MOST_ALONE_MB})",
                flush=True,
            )
            judged = judge(bench, run, export, phase, together)
            whole = subprocess.run(archive(["check", "--db", db]), env=environment()).returncode == 0
            fine = fine and judged and whole and together <= MOST_TOGETHER_MB and alone <= MOST_ALONE_MB
    return fine


def judge(bench: Path, run: Path, export: Path, phase: int, memory: float) -> bool:
    """Run the bench's own judge; say whether nothing failed."""
    options = ["--min-delay", "0.25", "--max-conc", "2", "--phase", str(phase)]
    options += ["--rss-mb", f"{memory:.0f}", "--rss-limit", str(MOST_TOGETHER_MB)]
    command = [sys.executable, str(bench / "check.py"), "--run", str(run), "--export", str(export), *options]
    return subprocess.run(command).returncode == 0


def crawl_each(bench: Path, work: Path, asked: argparse.Namespace) -> bool:
    """Crawl every hazard alone beside the clean host; the clean host must come out complete each time."""
    hazards = asked.hazards or hazards_of(bench, work / "all")
    with ThreadPoolExecutor(asked.jobs) as pool:
        found = pool.map(lambda hazard: crawl_one(bench, work / "each", hazard, asked.workers), hazards)
        verdicts = [told(one) for one in found]
    return all(verdicts)


def hazards_of(bench: Path, folder: Path) -> list[str]:
    """Return the names of the bench's hosts but the clean one."""
    subprocess.run([sys.executable, str(bench / "server.py"), "--write-only", "--out", str(folder)], check=True)
    sites: dict[str, Any] = json.loads((folder / "sites.json").read_text(encoding="utf-8"))["sites"]
    return [name for name in sites if name != "plain"]


def crawl_one(bench: Path, work: Path, hazard: str, workers: int) -> dict[str, Any]:
    """Let the bench serve one hazard beside the clean host; return what its judge says."""
    own = [sys.executable, "-m", "bench.hostile", "--shared", str(bench.parent), "--workers", str(workers)]
    command = f"{shlex.join(own)} --run {{run}} --export {{export}} --only {{only}}"
    call = [sys.executable, str(bench / "per_hazard.py"), str(work), str(free_port()), "240", command, hazard]
    done = subprocess.run(call, capture_output=True, text=True, cwd=ROOT, env=environment())
    lines = done.stdout.splitlines()
    return dict(json.loads(lines[-1])) if lines else {"hazard": hazard, "state": done.stderr[-300:], "fails": []}


def told(found: dict[str, Any]) -> bool:
    """Print a line of the table; say whether the clean host came out complete."""
    clean = found["state"] == "done" and not any(fail.startswith("plain ") for fail in found["fails"])
    figures = f"{found.get('wall')} s | {found.get('rss_mb')} MB | {'; '.join(found['fails']) or 'all pass'}"
    print(f"| {found['hazard']} | {'complete' if clean else found['state']} | {figures} |", flush=True)
    return clean


def crawl_run(run: Path, export: Path, only: str, workers: int) -> int:
    """Crawl the hosts of a run that is served already, and export the posts."""
    folder = export.parent
    partners = write_registry(run, folder / "partners", only=only)
    command = ["crawl", "--workers", str(workers), "--partners", partners, "--db", folder / "archive.db"]
    code = subprocess.run(archive(command), env=environment()).returncode
    subprocess.run(
        archive(["export", "--output", export, "--db", folder / "archive.db"]), check=True, env=environment()
    )
    return code


def crash(bench: Path, work: Path, asked: argparse.Namespace) -> bool:
    """Kill, stop, double, fill, damage: the crash loop over one clean host."""
    run, store = work / "crash-run", work / "store"
    with served(bench, run, free_port(), only="plain", posts=120):
        partners = write_registry(run, work / "crash-partners", delay=CRASH_DELAY)
        make_readable(work)
        command = [common_python(), *ARCHIVE[1:], "crawl", "--partners", str(partners), "--db"]
        crawl = quoted(command) + " $ARCHIVE_DIR/archive.db"
        export = quoted(archive(["export"])) + " --db $ARCHIVE_DIR/archive.db --output {out}"
        verify = quoted(archive(["check"])) + " --db $ARCHIVE_DIR/archive.db"
        verdict = quoted([sys.executable, bench / "check.py", "--run", run, "--min-delay", "0", "--max-conc", "9"])
        options = {
            "workdir": store,
            "crawl": crawl,
            "db": store / "archive.db",
            "unique": "posts.url",
            "half-query": "select count(*) from posts where id not in (select post from bodies)"
            " or id not in (select post from revisions)",
            "capture-check": verify,
            "export": export,
            "check": f"{verdict} --export {{out}}",
            "n": asked.kills,
            "as-user": "nobody" if os.geteuid() == 0 else "",
        }
        options |= {"tests": asked.crash_tests} if asked.crash_tests else {}
        options |= {"clock-prefix": jump} if (jump := clock_prefix(asked.faketime)) else {}
        call = [sys.executable, str(bench / "crashloop.py"), *(f"--{name}={value}" for name, value in options.items())]
        return subprocess.run(call, env=environment(), cwd=work).returncode == 0


def common_python() -> str:
    """Return a Python of this version that any user may execute; the present one lies where root alone may look.

    The libraries come from PYTHONPATH either way.
    """
    present = Path(sys.executable).resolve()
    if all(step.stat().st_mode & 0o001 for step in (present, *present.parents)):
        return sys.executable
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return shutil.which(name, path="/usr/bin:/usr/local/bin") or sys.executable


def clock_prefix(library: Path | None) -> str:
    """Return what sets another clock for a command, '' without libfaketime; the monotonic clock goes on as it is."""
    found = library or next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
    return f"env LD_PRELOAD={found} FAKETIME={{off}} FAKETIME_DONT_FAKE_MONOTONIC=1" if found else ""


def make_readable(folder: Path) -> None:
    """Let another user come to the files below a temporary folder, for the test of a folder that cannot be written."""
    folder.chmod(0o755)


@contextmanager
def served(bench: Path, run: Path, port: int, *, only: str = "", posts: int = 200) -> Iterator[None]:
    """Serve the hostile hosts while the block runs."""
    command = [sys.executable, str(bench / "server.py"), "--port", str(port), "--out", str(run), "--posts", str(posts)]
    server = subprocess.Popen([*command, "--only", only] if only else command, stdout=subprocess.PIPE, text=True)
    try:
        if server.stdout is None or not server.stdout.readline():
            raise SystemExit("the bench's server did not start")
        yield
    finally:
        server.terminate()
        server.wait()


def write_registry(
    run: Path, folder: Path, *, only: str = "", delay: float = DELAY, pattern: str | None = None
) -> Path:
    """Write a registry file for each host of a run, as a person would who knows its sources."""
    folder.mkdir(parents=True, exist_ok=True)
    sites: dict[str, Any] = json.loads((run / "sites.json").read_text(encoding="utf-8"))["sites"]
    for name, site in sites.items():
        if not only or name in only.split(","):
            values = registry_of(name, site, delay)
            values |= {"posts": {"news": pattern}} if pattern else {}
            (folder / f"{name}.json").write_text(json.dumps(values), encoding="utf-8")
    return folder


def registry_of(name: str, site: dict[str, Any], delay: float) -> dict[str, Any]:
    """Return the registry values of one host."""
    sources = [{"listing": url} for url in site["start_urls"]]
    sources += [{kind: site[kind]} for kind in ("feed", "sitemap", "calendar") if site.get(kind)]
    return {
        "title": name,
        "home": f"{site['base']}/",
        "region": "bench",
        "timezone": "Europe/London",
        "language": "en-GB",
        "hosts": [site["netloc"]],
        "sources": sources,
        "delay": delay,
    }


def archive(arguments: Sequence[object]) -> list[str]:
    """Return a command of the archive as a list of words."""
    return [*ARCHIVE, *map(str, arguments)]


def quoted(words: Sequence[object]) -> str:
    """Return a command for a shell."""
    return shlex.join(map(str, words))


def environment() -> dict[str, str]:
    """Return the environment of every command: this checkout, the guard open to the bench's hosts alone."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH"), sysconfig.get_path("purelib")]))
    return {**os.environ, "PYTHONPATH": path, "ARCHIVE_ALLOW": ALLOW}


def measured(command: Sequence[str], log: Path) -> tuple[float, float, float, int]:
    """Run a command; return its seconds, its greatest PSS of all processes and of one (MB), and its exit code."""
    began, together, alone = time.monotonic(), 0.0, 0.0
    with log.open("w", encoding="utf-8") as file:
        process = psutil.Popen(command, env=environment(), stdout=file, stderr=file)
        while process.poll() is None:
            time.sleep(SAMPLE_SECONDS)
            sizes = [pss_of(one) for one in (process, *children_of(process))]
            together, alone = max(together, sum(sizes)), max(alone, *sizes)
    return time.monotonic() - began, together, alone, process.returncode


def children_of(process: psutil.Process) -> list[psutil.Process]:
    """Return all processes below one, none when it is gone."""
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def pss_of(process: psutil.Process) -> float:
    """Return the memory of a process in MB, what it shares divided among the sharers; 0 when it is gone."""
    try:
        return float(process.memory_full_info().pss) / 2**20
    except psutil.Error:
        return 0.0


def free_port() -> int:
    """Return a port that is free together with the one after it, as the bench's server needs."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise SystemExit("no two free ports in a row")


if __name__ == "__main__":
    main()
