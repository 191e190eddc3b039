#!/usr/bin/env python3
"""Checks a proof from Kansli's record with nothing but Python and the openssl program: check_proof.py PROOF [PUBLIC-KEY.pem]

Prints the entry when everything holds; says what does not, and ends with 1, otherwise. record-proof.md tells why each step."""
import base64
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

PEM = "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n"


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def need(condition, what):
    if not condition:
        sys.exit(f"The proof does not hold: {what}.")


def canonical(values):
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def link_hash(entry):
    linked = {name: entry[name] for name in ("actor", "kind", "moment", "number", "previous", "subject")}
    if entry["format"] == 1:  # the content stands in the link itself, between "actor" and "kind"
        return sha256(canonical(linked).replace(b',"kind":', b',"content":' + entry["content"].encode() + b',"kind":', 1))
    if "content" in entry or "salt" in entry:
        content = sha256(bytes.fromhex(entry["salt"]), entry["content"].encode())
        need(content.hex() == entry["content_hash"], "the content is not the one that was recorded")
    return sha256(canonical({**linked, "content": entry["content_hash"], "format": 2}))


def root_of(leaf, index, size, path):
    """RFC 9162, section 2.1.3.2."""
    root, place, last = sha256(b"\0", leaf), index, size - 1
    for sibling in path:
        need(last > 0, "the path is too long")
        if place % 2 or place == last:
            root = sha256(b"\1", sibling, root)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            root = sha256(b"\1", root, sibling)
        place, last = place >> 1, last >> 1
    need(last == 0, "the path is too short")
    return root


def is_signed(statement, signature, key_pem):
    with tempfile.TemporaryDirectory() as folder:
        files = {"key": key_pem.encode(), "statement": statement, "signature": signature}
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        return subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key", "-rawin", "-in", "statement",
                               "-sigfile", "signature"], cwd=folder, capture_output=True).returncode == 0


def main(proof_file, key_file=None):
    proof = json.loads(Path(proof_file).read_text())
    entry, checkpoint = proof["entry"], proof["checkpoint"]
    need(proof["format"] == "kansli proof 1" and checkpoint["format"] == "kansli checkpoint 1" and entry["format"] in (1, 2),
         "it is of a kind that this program does not know")
    leaf = link_hash(entry)
    need(leaf.hex() == entry["hash"], "the entry is not the one that was recorded")
    need(checkpoint["first"] <= entry["number"] <= checkpoint["number"], "the checkpoint is about other entries")
    root = root_of(leaf, entry["number"] - checkpoint["first"], checkpoint["number"] - checkpoint["first"] + 1,
                   [bytes.fromhex(digits) for digits in proof["path"]])
    need(root.hex() == checkpoint["root"], "the path does not lead to the checkpoint")
    statement = {name: value for name, value in checkpoint.items() if name != "signature"}
    key = PEM.format(base64.b64encode(bytes.fromhex("302a300506032b6570032100" + checkpoint["key"])).decode())
    if key_file:
        need("".join(key.split()) == "".join(Path(key_file).read_text().split()), "it is signed with another key")
    need(is_signed(canonical(statement), bytes.fromhex(checkpoint["signature"]), key), "the signature is not right")
    print(json.dumps(entry, ensure_ascii=False, indent=2))
    print(f"The proof holds. Signed {checkpoint['moment']} with the key {checkpoint['key']}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
