"""The drawing of the house (modules.json) against the code: levels, cycles, private folders, owners, sizes, papers."""
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = json.loads((ROOT / "modules.json").read_text())
ROOMS = HOUSE["modules"]
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def source_files(folder):
    return sorted(path for pattern in ("*.cpp", "*.hpp") for path in (ROOT / folder).rglob(pattern))


def includes(path):
    return INCLUDE.findall(path.read_text())


def level(room, seen=()):
    assert room not in seen, f"cycle: {' -> '.join((*seen, room))}"
    below = ROOMS[room]["uses"]
    return 1 + max((level(other, (*seen, room)) for other in below), default=-1)


def test_rooms_have_no_cycle():
    for room in ROOMS:
        level(room)


def room_of(header):
    """The room in which a header of ours lies: "plan/core" for "plan/core/team.hpp". None for what lies elsewhere."""
    return next((room for room in sorted(ROOMS, key=len, reverse=True) if header.startswith(f"{room}/")), None)


def test_every_folder_is_a_room_and_every_room_a_folder():
    folders = {path.parent for path in source_files("src")}
    rooms = {folder.parent if folder.name == "detail" else folder for folder in folders}
    assert {str(room.relative_to(ROOT / "src")) for room in rooms} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_room_includes_only_what_it_may(room):
    allowed = {room, *ROOMS[room]["uses"]}
    wrong = []
    for path in source_files(f"src/{room}"):
        for quote, name in includes(path):
            target = room_of(name)
            if target is None or quote == "<":
                continue
            if target not in allowed:
                wrong.append(f"{path.relative_to(ROOT)} includes {name}")
            if target != room and "/detail/" in f"/{name}":
                wrong.append(f"{path.relative_to(ROOT)} looks into {name}")
    assert not wrong


def owner_of(header):
    for room, entry in {**ROOMS, **HOUSE["apps"]}.items():
        if any(header.startswith(prefix) for prefix in entry["owns"]):
            return room
    return None


@pytest.mark.parametrize("room", [*ROOMS, *HOUSE["apps"]])
def test_third_party_headers_stay_with_their_owner(room):
    folder = f"src/{room}" if room in ROOMS else f"apps/{room}"
    wrong = [f"{path.relative_to(ROOT)} includes <{name}>, which {owner_of(name)} owns"
             for path in source_files(folder) for _, name in includes(path)
             if owner_of(name) not in (None, room)]
    assert not wrong


@pytest.mark.parametrize("room", ROOMS)
def test_third_party_headers_are_declared(room):
    """What is neither ours, the standard library's nor the system's must have an owner in modules.json."""
    system = re.compile(r"^(sys/|linux/|netinet/|arpa/|[a-z_0-9]+(\.h)?$)")
    known = (*HOUSE["everywhere"], *HOUSE["tests_only"])
    wrong = [f"{path.relative_to(ROOT)} includes <{name}>"
             for path in source_files(f"src/{room}") for quote, name in includes(path)
             if quote == "<" and not name.startswith(known) and not system.match(name) and owner_of(name) is None]
    assert not wrong


def test_engines_do_no_input_or_output():
    for room in ("text", "extract", "search", "statistics", "grounding", "plan/core", "plan/routing", "plan/homecare", "plan/formats"):
        assert not {"store", "http"} & set(ROOMS[room]["uses"]), room
    assert "store" not in ROOMS["api"]["uses"]
    assert all("http" not in entry["uses"] for room, entry in ROOMS.items() if room != "api")


def test_files_are_small_enough_to_read():
    too_long = []
    for path in source_files("src") + source_files("apps") + source_files("tests") + source_files("bench"):
        lines = len(path.read_text().splitlines())
        if lines > (800 if path.stem.endswith("_test") else 600):
            too_long.append(f"{path.relative_to(ROOT)}: {lines} lines")
    assert not too_long


def test_no_function_depends_on_the_locale():
    pattern = re.compile(r"\b(setlocale|std::locale|std::tolower|std::toupper|std::isalpha|std::isspace|strtod|atof|std::stod)\b")
    wrong = [f"{path.relative_to(ROOT)}: {match[0]}" for path in source_files("src") + source_files("apps")
             for match in [pattern.search(path.read_text())] if match]
    assert not wrong


@pytest.mark.parametrize("room", ROOMS)
def test_room_has_a_readme_and_tests(room):
    readme = ROOT / "src" / room / "README.md"
    assert readme.is_file() and 5 <= len(readme.read_text().splitlines()) <= 60
    assert list((ROOT / "src" / room).glob("*_test.cpp"))


def test_architecture_tells_the_levels_as_they_are():
    text = (ROOT / "ARCHITECTURE.md").read_text()
    assert len(text.splitlines()) <= 250
    for room in ROOMS:
        assert re.search(rf"^\| `{room}/` \| {level(room)} \|", text, re.M), f"{room} is on level {level(room)}"


def test_package_list_is_well_formed():
    for line in (ROOT / "packaging" / "debian-packages.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            name, group, *purpose = line.split()
            assert group in ("build", "use", "test") and purpose, line


def test_no_path_or_host_of_a_single_machine_is_committed():
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    pattern = re.compile(rb"(/home/[a-z]+/|/root/|https?://(registry|deb|mirror)\.)")
    wrong = []
    for name in listing.decode().split("\0"):
        path = ROOT / name
        if not name or path == Path(__file__) or not path.is_file() or path.suffix in (".png", ".pdf"):
            continue
        if pattern.search(path.read_bytes()):
            wrong.append(name)
    assert not wrong
