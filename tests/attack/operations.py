"""The routes as an attacker reads them: from the published description, so that a new route is attacked as soon as it is there."""
import json
import re
from dataclasses import dataclass, field

from kansli_process import ROOT

OPENAPI = json.loads((ROOT / "docs" / "api" / "openapi.json").read_text())


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    name: str
    right: str
    in_path: tuple = ()
    in_query: tuple = ()
    body: dict = field(default=None, hash=False)
    streams: bool = False

    def __str__(self):
        return self.name

    def address(self, values):
        """The path with its values; those that are not given are 1."""
        return re.sub(r"\{([^}]+)\}", lambda found: str(values.get(found[1], 1)), self.path)


def described(method, path, operation):
    parameters = [(each["in"], each["name"]) for each in operation.get("parameters", [])]
    content = operation.get("requestBody", {}).get("content", {})
    streams = any("text/event-stream" in answer.get("content", {}) for answer in operation["responses"].values())
    return Operation(method.upper(), path, operation["operationId"], operation["x-kansli-right"],
                     tuple(name for place, name in parameters if place == "path"),
                     tuple(name for place, name in parameters if place == "query"),
                     content.get("application/json", {}).get("schema"), streams)


OPERATIONS = [described(method, path, operation)
              for path, methods in OPENAPI["paths"].items() for method, operation in methods.items()]
CHANGING = [operation for operation in OPERATIONS if operation.method not in ("GET", "HEAD")]
READING = [operation for operation in OPERATIONS if operation.method == "GET" and not operation.streams]


def resolved(schema):
    while "$ref" in schema:
        schema = OPENAPI["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for choice in schema.get("anyOf", []):
        if choice.get("type") != "null":
            return resolved(choice)
    return schema


def type_of(schema):
    named = schema.get("type", "string")
    return named if isinstance(named, str) else next(each for each in named if each != "null")


def filled(schema, given):
    """A body that the description allows: what it requires, and everything that `given` has a value for."""
    schema = resolved(schema)
    if "enum" in schema:
        return schema["enum"][0]
    kind = type_of(schema)
    if kind == "object":
        required = schema.get("required", [])
        return {name: given[name] if name in given else filled(inner, given)
                for name, inner in schema.get("properties", {}).items()
                if name in required or name in given or mentions(inner, given)}
    if kind == "array":
        return [filled(schema["items"], given)]
    if kind in ("integer", "number"):
        return max(1, schema.get("minimum", 1))
    if kind == "boolean":
        return False
    return "2026-01-02" if schema.get("format") == "date" else "x"


def mentions(schema, given):
    return bool(given.keys() & {name for name, _ in properties(schema)})


def properties(schema):
    """Every property of a body, at any depth: its name and its schema."""
    schema = resolved(schema)
    for name, inner in schema.get("properties", {}).items():
        yield name, resolved(inner)
        yield from properties(inner)
    if "items" in schema:
        yield from properties(schema["items"])
