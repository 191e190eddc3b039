#!/usr/bin/env python3
"""Builds and runs the tests, one stage after the other, and counts them.

Every stage reports (passed, failed, skipped). A stage that cannot run is one failed test, never a silence.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEST_BUILD = ROOT / "build" / "test"
RELEASE = ROOT / "build" / "release"
BINARY = RELEASE / "kansli"
CPU_COUNT = os.cpu_count() or 2


class Failed(Exception):
    """A command that ended badly; the message holds what it printed."""


def run(command, **options):
    result = subprocess.run([str(part) for part in command], cwd=options.pop("cwd", ROOT), text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if result.returncode != 0:
        shown = " ".join(str(part) for part in command)
        raise Failed(f"$ {shown[:300]}\n{result.stdout[-8000:]}")
    return result.stdout


def sources(*folders):
    return sorted(path for folder in folders for pattern in ("*.cpp", "*.hpp")
                  for path in (ROOT / folder).rglob(pattern) if "node_modules" not in path.parts)


def check_format():
    run(["clang-format-19", "--dry-run", "--Werror", *sources("src", "apps", "tests", "bench")])
    return 1, 0, 0


def build_for_tests():
    if not (TEST_BUILD / "build.ninja").exists():
        run(["cmake", "--preset", "test"])
    run(["ninja", "-C", TEST_BUILD])


def build_release():
    run([ROOT / "run", "--build-only"])


def unit():
    build_for_tests()
    passed = failed = skipped = 0
    for program in sorted(TEST_BUILD.glob("test_*")):
        if not os.access(program, os.X_OK):
            continue
        # The tests sync often; memory does that at once.
        environment = {**os.environ, "TMPDIR": "/dev/shm"} if os.access("/dev/shm", os.W_OK) else None
        result = subprocess.run([program], cwd=ROOT, text=True, env=environment, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT)
        counts = re.search(r"test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed \|\s*(\d+) skipped", result.stdout)
        if not counts:
            print(result.stdout[-4000:])
            failed += 1
            continue
        if result.returncode != 0:
            print(result.stdout[-8000:])
        for line in sorted(set(re.findall(r"SKIPPED: .*", result.stdout))):
            print(f"  {program.name}: {line}")
            skipped += 1
        passed += int(counts[1])
        failed += int(counts[2]) or (1 if result.returncode != 0 else 0)
    return passed, failed, skipped


def pytest(folder):
    report = ROOT / "build" / f"pytest-{Path(folder).name}.xml"
    environment = {**os.environ, "KANSLI_BINARY": str(BINARY), "PYTHONDONTWRITEBYTECODE": "1"}
    # Debian's Python, which has Debian's pytest, also where another one stands before it on the path.
    result = subprocess.run(["/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rs",
                             f"--junitxml={report}", folder],
                            cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    suite = ElementTree.parse(report).getroot().find("testsuite")
    count = {name: int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")}
    failed = count["failures"] + count["errors"]
    if failed or count["skipped"]:
        print(result.stdout[-12000:])
    return count["tests"] - failed - count["skipped"], failed, count["skipped"]


def house():
    return pytest("tests/arch")


def black_box(folder):
    def stage():
        build_release()
        return pytest(folder)
    return stage


def web():
    build_release()
    run(["npm", "run", "--silent", "check"], cwd=ROOT / "web")
    report = ROOT / "build" / "vitest.json"
    result = subprocess.run(["npx", "vitest", "run", "--reporter=json", f"--outputFile={report}"], cwd=ROOT / "web",
                            text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    counts = json.loads(report.read_text())
    if counts["numFailedTests"]:
        print(result.stdout[-6000:])
    return counts["numPassedTests"] + 1, counts["numFailedTests"], counts["numPendingTests"]


def browser():
    build_release()
    result = subprocess.run(["/usr/bin/python3", "tests/e2e/serve_and_run.py", BINARY], cwd=ROOT, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    counts = re.search(r"^browser: (\d+) passed, (\d+) failed, (\d+) skipped$", result.stdout, re.M)
    if result.returncode != 0 or not counts:
        # Everything that failed is told once more at the end, after the list of what passed.
        told = result.stdout
        print(told[max(told.rfind("failing tests:"), 0):][:12000])
    passed, failed, skipped = (int(number) for number in counts.groups()) if counts else (0, 0, 0)
    return passed, failed or (1 if result.returncode != 0 or not counts else 0), skipped


def fuzz_seeds():
    """Gives the fuzz targets their seeds, whole and cut off; tools/nightly lets them look for new ones."""
    build_for_tests()
    passed = failed = 0
    for program in sorted((TEST_BUILD / "tests" / "fuzz").glob("replay_*")):
        if not os.access(program, os.X_OK):
            continue
        seeds = sorted((ROOT / "tests" / "fuzz" / "seeds" / program.name.removeprefix("replay_")).glob("*"))
        result = subprocess.run([program, *seeds], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if result.returncode == 0 and seeds:
            passed += 1
        else:
            print(f"{program.name}: exit {result.returncode} on {len(seeds)} seeds\n{result.stdout[-2000:]}")
            failed += 1
    return passed, failed, 0


def tidy_one(entry, stamps, settings):
    """Runs clang-tidy on one source, or remembers that it was clean when it and all it includes of ours were the same."""
    source = entry["file"]
    command = entry["command"].split()
    listing = subprocess.run([*command[:command.index("-o")], "-MM", source], cwd=entry["directory"], text=True,
                             stdout=subprocess.PIPE, check=True).stdout
    digest = hashlib.sha256(settings)
    for name in sorted(set(re.findall(r"\S+\.(?:cpp|hpp|cxx)", listing))):
        if name.startswith(str(ROOT)):
            digest.update(Path(name).read_bytes())
    stamp = stamps / digest.hexdigest()
    if stamp.exists():
        return None
    result = subprocess.run(["clang-tidy-19", "--quiet", "-p", entry["directory"], source], cwd=ROOT, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if result.returncode != 0:
        return result.stdout or f"{source}: clang-tidy ended with {result.returncode}"
    stamp.touch()
    return None


def tidy():
    run(["cmake", "--preset", "tidy"])
    folder = ROOT / "build" / "tidy"
    stamps = folder / "clean"
    stamps.mkdir(exist_ok=True)
    settings = (ROOT / ".clang-tidy").read_bytes()
    entries = json.loads((folder / "compile_commands.json").read_text())
    with concurrent.futures.ThreadPoolExecutor(CPU_COUNT) as pool:
        complaints = list(pool.map(lambda entry: tidy_one(entry, stamps, settings), entries))
    for complaint in filter(None, complaints):
        print(complaint[-3000:])
    bad = sum(1 for complaint in complaints if complaint)
    return len(entries) - bad, bad, 0


STAGES = {
    "format": check_format,
    "house": house,
    "unit": unit,
    "fuzz": fuzz_seeds,
    "golden": black_box("tests/golden"),
    "api": black_box("tests/api"),
    "attack": black_box("tests/attack"),
    "crash": black_box("tests/crash"),
    "web": web,
    "browser": browser,
    "tidy": tidy,
}

def main(names):
    unknown = [name for name in names if name not in STAGES]
    if unknown:
        sys.exit(f"./test: no stage called {', '.join(unknown)}; there are: {' '.join(STAGES)}")
    (ROOT / "build").mkdir(exist_ok=True)
    total = [0, 0, 0]
    for name in names or STAGES:
        began = time.monotonic()
        try:
            counts = STAGES[name]()
        except (Failed, OSError, StopIteration, subprocess.SubprocessError, ElementTree.ParseError,
                json.JSONDecodeError) as problem:
            print(problem)
            counts = 0, 1, 0
        total = [old + new for old, new in zip(total, counts)]
        print(f"{name:8} {counts[0]:5} passed, {counts[1]} failed, {counts[2]} skipped"
              f"   ({time.monotonic() - began:.0f} s)", flush=True)
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    return 1 if total[1] or not total[0] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
