"""Starts Kansli with the demo municipality on a free port and runs the browser tests against it.

    python3 tests/e2e/serve_and_run.py build/release/kansli [options of node, such as --test-name-pattern=upload]
"""
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("KANSLI_BINARY", str(Path(sys.argv[1]).resolve()))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kansli_process import ROOT, Server, kansli, new_data_folder  # noqa: E402
from measured_work import add_measured_work  # noqa: E402

HERE = Path(__file__).resolve().parent
LONGEST_SECONDS = 900


def install_packages():
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = HERE / "node_modules" / ".installed"
    if not stamp.exists() or stamp.read_text() != lock:
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE, check=True)
        stamp.write_text(lock)


def new_demo(folder):
    data = new_data_folder(folder)
    settings = Path(data) / "kansli.toml"
    settings.write_text(settings.read_text().replace('"Kommunen"', '"Sälgvalla kommun"'))
    for collection in [*sorted((ROOT / "demo/earlier").iterdir()), *sorted((ROOT / "demo/documents").iterdir())]:
        kansli("ingest", "--data", data, "--collection", collection.name, collection)
    add_measured_work(Path(data))
    return data


def stop(server):
    try:
        server.stop()
    except subprocess.TimeoutExpired:
        server.process.kill()
        print("Kansli did not stop when it was asked to and was killed", file=sys.stderr)


def main():
    # A stopped test run stops its server, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    install_packages()
    with tempfile.TemporaryDirectory() as name:
        server = Server(new_demo(Path(name) / "data"))
        try:
            run = subprocess.run(
                ["node", "--test-reporter=spec", *sys.argv[2:], "run.mjs"], cwd=HERE, timeout=LONGEST_SECONDS,
                env={**os.environ, "KANSLI_URL": f"http://127.0.0.1:{server.port}", "KANSLI_LINK": server.link})
            if run.returncode != 0 and server.errors:
                print("What Kansli wrote:", *server.errors[-20:], sep="\n", file=sys.stderr)
            return run.returncode
        finally:
            stop(server)


if __name__ == "__main__":
    sys.exit(main())
