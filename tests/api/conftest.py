import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kansli_process import ROOT, Server, kansli, new_data_folder, signed_in  # noqa: E402


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory):
    """The demo municipality, brought in once for all tests. Tests that change it use a folder of their own."""
    folder = new_data_folder(tmp_path_factory.mktemp("kansli") / "demo")
    for collection in sorted((ROOT / "demo" / "documents").iterdir()):
        kansli("ingest", "--data", folder, "--collection", collection.name, collection)
    return folder


@pytest.fixture(scope="session")
def demo_server(demo_data):
    server = Server(demo_data)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def administrator(demo_server, demo_data):
    return signed_in(demo_server, demo_data)


@pytest.fixture(scope="session")
def reader(demo_server, demo_data):
    return signed_in(demo_server, demo_data, "Rut Läsare", ["reader"])


@pytest.fixture
def data(tmp_path):
    return new_data_folder(tmp_path / "data")
