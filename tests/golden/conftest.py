import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kansli_process import ROOT, kansli, new_data_folder  # noqa: E402


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory):
    folder = new_data_folder(tmp_path_factory.mktemp("kansli") / "demo")
    for collection in sorted((ROOT / "demo" / "documents").iterdir()):
        kansli("ingest", "--data", folder, "--collection", collection.name, collection)
    return folder
