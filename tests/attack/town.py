"""A municipality with something of everything that belongs to one person and is behind a wall, and with strangers to it."""
import time

from kansli_process import Browser, Server, kansli, kansli_json, new_data_folder, signed_in

WALLED = """---
titel: Utredning zebravinter
---
# Utredning zebravinter

Avgiften för zebravinter är 4 711 kronor. Utredningen lämnades av Rut Ek.
"""
OPEN = """# Riktlinjer för bygglov

## 5.2 Altaner

Bygglov krävs inte för en altan som är högst 1,8 meter hög. Höjden räknas från marken.
"""
ALL_ROLES = ["editor", "reviewer", "administrator", "auditor", "data_protection_officer"]
RULE = {"name": "Brev", "stock": "document", "kind": "letter", "owner": "", "months": 600, "event": "created",
        "legal_ground": "10 § arkivlagen", "decision": "KS 2026/00123", "decided_by": "Kommunstyrelsen",
        "decided": "2020-01-01", "valid_from": "2020-01-01", "valid_to": None, "information_class": None, "instead_of": None}


class Town:
    def __init__(self, folder):
        self.folder = folder
        self.data = new_data_folder(folder / "data")
        kansli("collection", "set", "--data", self.data, "akter", "--owner", "Socialnämnden", "--secrecy", "OSL 26 kap. 1 §")
        self.ingest("akter", "utredning.md", WALLED)
        self.ingest("regler", "bygglov.md", OPEN)
        self.server = Server(self.data)
        self.owner = signed_in(self.server, self.data, "Ada Ägare", ALL_ROLES, reviews=["answer"],
                               department="Socialnämnden", groups=["utredare"])
        self.open = self.of_document("regler")
        self.owner.request("PUT", "/api/desk/kinds/answer", {"batch_confidence": 0.01, "sampled_batch": 0, "sampled_single": 0})
        # What the walk fills in: for each kind of id those that strangers must not learn of.
        self.ids = {**{kind: [identity] for kind, identity in self.of_document("akter").items()},
                    "import": [self.import_()], "proposal": self.proposals(), "session": [self.other_session()],
                    "key": [self.make("/api/account/keys", {"name": "min", "scope": ["read"], "days": 9})["key"]["id"]],
                    **self.of_the_organisation()}

    def ingest(self, collection, name, text):
        file = self.folder / name
        file.write_text(text)
        kansli("ingest", "--data", self.data, "--collection", collection, file)

    def of_document(self, collection):
        document = next(each for each in kansli_json("document", "list", "--data", self.data)["documents"]
                        if each["collection"] == collection)
        return {"document": document["id"], "version": document["current_version"]}

    def make(self, path, body):
        answer = self.owner.request("POST", path, body)
        assert answer.status in (200, 201), answer.body
        return answer.json()

    def import_(self):
        job = self.owner.upload([("hemlig akt.md", b"# Akt\n\nEn rad om akten.\n")], {"collection": "akter"}).json()["job"]
        deadline = time.monotonic() + 60
        while self.owner.get(f"/api/imports/{job}").json()["state"] not in ("done", "failed"):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return job

    def proposals(self):
        """One in each state that others could meet: a draft, one that waits, one that has been delivered."""
        draft, waiting, delivered = (self.make("/api/ask", {"question": "Vad är avgiften för zebravinter?"})["proposal"]
                                     for _ in range(3))
        for proposal in (waiting, delivered):
            self.make(f"/api/desk/proposals/{proposal}/submit",
                      {"version": 1, "recipient": {"department": "Socialnämnden"}, "note": ""})
        for what, body in (("review", {"outcome": "accepted"}), ("deliveries", {"way": "file"})):
            version = self.owner.get(f"/api/desk/proposals/{delivered}").json()["item"]["version"]
            self.make(f"/api/desk/proposals/{delivered}/{what}", {"version": version, **body})
        return [draft, waiting, delivered]

    def other_session(self):
        link = kansli("user", "link", "--data", self.data, "--name", "ada.agare").split("http")[1].split()[0]
        self.server.browser().sign_in("http" + link)
        return next(row["id"] for row in self.owner.get("/api/account/sessions").json()["sessions"] if not row["current"])

    def of_the_organisation(self):
        folder = self.folder / "källa"
        folder.mkdir()
        known = self.owner.get("/api/organisation").json()
        own = self.owner.get("/api/session").json()["user"]["id"]
        rule = self.make("/api/retention/rules", RULE)
        hold = self.make("/api/retention/holds", {"reason": "Överklagat", "person": "850312-2387"})
        source = self.make("/api/sources", {"collection": "akter", "locations": [str(folder)], "interval_minutes": 60})
        return {"person": [own], "department": [known["departments"][0]["id"]], "group": [known["groups"][0]["id"]],
                "rule": [rule["id"]], "hold": [hold["id"]], "source": [source["id"]], "collection": ["akter"],
                "kind": ["answer"], "number": ["1"]}

    def strangers(self):
        """Everybody who is somebody, in another department; the first may do everything that a role allows."""
        elsewhere = {"department": "Tekniska nämnden"}
        people = {"allroles": ALL_ROLES, **{role: [role] for role in ["reader", *ALL_ROLES]}}
        made = {name: signed_in(self.server, self.data, f"Främling {name}", roles, **elsewhere,
                                reviews=["answer"] if "reviewer" in roles else ())
                for name, roles in people.items()}
        made["key of a service"] = self.program()
        return made

    def program(self):
        kansli("user", "add", "--data", self.data, "--name", "Främmande robot", "--user-name", "robot", "--role", "service")
        program = Browser(self.server.port)
        program.key = kansli("key", "add", "--data", self.data, "--owner", "robot", "--name", "prov", "--scope", "read",
                             "--scope", "edit").split()[-1]
        return program
