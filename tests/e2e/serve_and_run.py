"""Starts Kansli with the demo municipality on a free port and runs the browser tests against it.

    python3 tests/e2e/serve_and_run.py build/release/kansli
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("KANSLI_BINARY", str(Path(sys.argv[1]).resolve()))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kansli_process import ROOT, Server, kansli, new_data_folder  # noqa: E402

HERE = Path(__file__).resolve().parent


def main():
    if not (HERE / "node_modules" / "playwright-core").is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE, check=True)
    with tempfile.TemporaryDirectory() as name:
        data = new_data_folder(Path(name) / "data")
        for collection in sorted((ROOT / "demo" / "documents").iterdir()):
            kansli("ingest", "--data", data, "--collection", collection.name, collection)
        server = Server(data)
        try:
            return subprocess.run(["node", "run.mjs"], cwd=HERE, env={
                **os.environ, "KANSLI_URL": f"http://127.0.0.1:{server.port}", "KANSLI_LINK": server.link}).returncode
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
