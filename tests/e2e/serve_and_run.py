"""Starts Kansli with the demo municipality on a free port and runs the browser tests against it.

    python3 tests/e2e/serve_and_run.py build/release/kansli [options of node, such as --test-name-pattern=upload]
"""
import contextlib
import datetime
import hashlib
import os
import signal
import sqlite3
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
    # An identity provider that does not answer, so that the button and what it then says can be seen.
    settings.write_text(settings.read_text().replace('"Kommunen"', '"Sälgvalla kommun"')
                        .replace("internal_hosts = []", 'internal_hosts = ["127.0.0.1"]')
                        + '\n[openid]\nissuer = "http://127.0.0.1:9"\nclient_id = "kansli"\n')
    for collection in [*sorted((ROOT / "demo/earlier").iterdir()), *sorted((ROOT / "demo/documents").iterdir())]:
        kansli("ingest", "--data", data, "--collection", collection.name, collection)
    add_measured_work(Path(data))
    return data


def add_letter_whose_time_is_out(data, folder):
    """What the journey to the end of the way removes: it came in long ago, as a data folder of some years has many."""
    letter = folder / "zirkusängen.md"
    letter.write_text("---\ntitel: Zirkusängen, brev från en tivoliägare\ntyp: letter\nnämnd: Gallringsnämnden\n---\n"
                      "# Zirkusängen, brev från en tivoliägare\n\nAvgiften för en plats på zirkusängen är 7 200 kronor per dygn.\n")
    kansli("ingest", "--data", data, "--collection", "arkivprov", letter)
    then = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=800)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    with contextlib.closing(sqlite3.connect(data / "kansli.db")) as connection:
        changed = connection.execute("UPDATE documents_version SET imported = ? WHERE file_name = ?", (then, letter.name)).rowcount
        assert changed == 1
        connection.commit()


def add_statute(data, folder):
    """So that there are questions to suggest; its number is what counts."""
    statute = folder / "alkohollag.md"
    statute.write_text('---\nsfs: "2010:1622"\ntitle: "Alkohollag (2010:1622)"\n---\n# Alkohollag (2010:1622)\n\n## 8 kap. Servering\n\n'
                       "#### 1 §\n\nDen som vill servera starköl ska ha kommunens tillstånd.\n")
    kansli("ingest", "--data", data, "--collection", "lagprov", statute)


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
        data = new_demo(Path(name) / "data")
        add_letter_whose_time_is_out(data, Path(name))
        add_statute(data, Path(name))
        server = Server(data)
        try:
            run = subprocess.run(
                ["node", "--test-reporter=spec", *sys.argv[2:], "run.mjs"], cwd=HERE, timeout=LONGEST_SECONDS,
                env={**os.environ, "KANSLI_URL": f"http://127.0.0.1:{server.port}", "KANSLI_LINK": server.link, "KANSLI_DATA": str(data)})
            if run.returncode != 0 and server.errors:
                print("What Kansli wrote:", *server.errors[-20:], sep="\n", file=sys.stderr)
            return run.returncode
        finally:
            stop(server)


if __name__ == "__main__":
    sys.exit(main())
