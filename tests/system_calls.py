"""What a piece of Python asks of the disk, as strace tells it: nothing else says what was synced, and when."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace tells of what is synced")


def calls_of(script: str, *args: object, log: Path) -> list[str]:
    """Run a script and return its calls, in order: fsync, fdatasync, rename, link, unlink and write."""
    kinds = "trace=fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,write"
    traced = ["strace", "-f", "-y", "-s", "20", "-e", kinds, "-o", str(log), sys.executable, "-c", script]
    subprocess.run([*traced, *map(str, args)], check=True)
    return log.read_text().splitlines()


def synced(calls: list[str], path: Path) -> list[int]:
    """Return at which of the calls a file or folder is synced."""
    return [number for number, line in enumerate(calls) if "sync(" in line and f"<{path}>" in line]
