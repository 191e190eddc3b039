import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kansli_process import Server, new_data_folder, signed_in  # noqa: E402


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An empty municipality of the module's own: its server and its data folder."""
    data = new_data_folder(tmp_path_factory.mktemp("attack") / "data")
    server = Server(data)
    yield server, data
    assert server.stop() == 0


@pytest.fixture(scope="module")
def administrator(place):
    """Who may do everything."""
    return signed_in(*place, "Ada Alltiallo",
                     ["editor", "reviewer", "administrator", "auditor", "data_protection_officer"], reviews=["answer"])
