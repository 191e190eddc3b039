"""What the benchmarks share: where the program and the data lie, and how a table is printed."""
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = Path(os.environ.get("KANSLI_BINARY", ROOT / "build" / "release" / "kansli"))
SHARED = Path(os.environ.get("KANSLI_SHARED", ROOT.parent / "shared"))
STATUTES = SHARED / "corpora" / "sfs"


def need(path, what):
    if not Path(path).exists():
        sys.exit(f"SKIPPED: {what} is not there ({path})")


def kansli(*arguments):
    process = subprocess.run([str(BINARY), *map(str, arguments)], text=True, capture_output=True)
    if process.returncode != 0:
        sys.exit(f"kansli {' '.join(map(str, arguments))}\n{process.stdout[-2000:]}\n{process.stderr[-2000:]}")
    return process.stdout


def kansli_json(*arguments):
    return json.loads(kansli(*arguments, "--json"))


def seconds(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median(values):
    return sorted(values)[len(values) // 2]


def row(*cells):
    print("  ".join(str(cell).ljust(width) for cell, width in zip(cells, (46, 14, 14, 14, 14, 14))).rstrip())
