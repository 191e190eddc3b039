"""Writes ZIP containers whose bytes do not depend on when or where they are written."""

import io
import re
import zipfile

FIXED = (2026, 11, 2, 8, 0, 0)
FIXED_ISO = "2026-11-02T08:00:00Z"


def write_archive(path, parts):
    """`parts`: (name, text or bytes) in the order they shall lie in. A part named mimetype is stored plain."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)


def settle(data, path):
    """Rewrites an office file made by a library: fixed times, fixed document properties, same parts."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "docProps/core.xml":
                text = content.decode("utf-8")
                content = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", FIXED_ISO, text).encode("utf-8")
            parts.append((name, content))
    write_archive(path, parts)
