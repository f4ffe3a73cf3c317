"""What the Reconciliation Service API 0.2 requires of each answer, as JSON Schemas of our own, from its text."""

from __future__ import annotations

from typing import Any

__all__ = ["EXTENSION", "MANIFEST", "RESULTS", "SUGGESTED", "TYPES"]

_STRING = {"type": "string"}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$"}
_ID = {"type": "string", "pattern": r"\{\{id\}\}"}
_TYPE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": _STRING,
        "name": _STRING,
        "description": _STRING,
        "broader": {"type": "array", "items": {"type": "object", "required": ["id", "name"]}},
    },
    "required": ["id", "name"],
}
_KIND = {"oneOf": [_STRING, {"type": "object", "properties": {"id": _STRING, "name": _STRING}, "required": ["id"]}]}
_ADDRESS = {
    "type": "object",
    "properties": {
        "service_url": _STRING,
        "service_path": _STRING,
        "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"},
    },
}

MANIFEST: dict[str, Any] = {
    "type": "object",
    "properties": {
        "versions": {"type": "array", "items": _STRING, "contains": {"const": "0.2"}},
        "name": _STRING,
        "identifierSpace": _STRING,
        "schemaSpace": _STRING,
        "view": {"type": "object", "properties": {"url": _ID}, "required": ["url"]},
        "defaultTypes": {"type": "array", "items": _TYPE, "uniqueItems": True},
        "suggest": {"type": "object", "properties": dict.fromkeys(("entity", "property", "type"), _ADDRESS)},
        "preview": {
            "type": "object",
            "properties": {"url": _ID, "width": {"type": "integer"}, "height": {"type": "integer"}},
            "required": ["url", "width", "height"],
        },
        "extend": {
            "type": "object",
            "properties": {
                "propose_properties": _ADDRESS,
                "property_settings": {
                    "type": "array",
                    "items": {"type": "object", "required": ["type", "label", "name"]},
                },
            },
        },
    },
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
}

_CANDIDATE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": _STRING,
        "name": _STRING,
        "description": _STRING,
        "score": {"type": "number"},
        "match": {"type": "boolean"},
        "type": {"type": "array", "items": _KIND},
        "features": {
            "type": "array",
            "items": {"type": "object", "properties": {"id": _STRING, "value": {"type": ["boolean", "number"]}}},
        },
    },
    "required": ["id", "name", "score"],
}

RESULTS: dict[str, Any] = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "properties": {"result": {"type": "array", "items": _CANDIDATE}},
        "required": ["result"],
    },
}

SUGGESTED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "result": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "id": _STRING,
                    "name": _STRING,
                    "description": _STRING,
                    "notable": {"type": "array", "items": _KIND},
                },
                "required": ["id", "name"],
            },
        }
    },
    "required": ["result"],
}

TYPES: dict[str, Any] = {
    "type": "object",
    "properties": {"result": {"type": "array", "items": _TYPE}},
    "required": ["result"],
}


def _cell(name: str, kind: dict[str, Any], *others: str) -> dict[str, Any]:
    properties = {name: kind} | dict.fromkeys(others, _STRING)
    required = [name, "name"] if "name" in others else [name]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


EXTENSION: dict[str, Any] = {
    "type": "object",
    "properties": {
        "meta": {
            "type": "array",
            "items": {"type": "object", "properties": {"id": _STRING, "name": _STRING}, "required": ["id", "name"]},
        },
        "rows": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {
                    "type": "array",
                    "items": {
                        "oneOf": [
                            {"type": "object", "additionalProperties": False},
                            _cell("id", _STRING, "name", "description"),
                            _cell("str", _STRING),
                            _cell("float", {"type": "number"}),
                            _cell("int", {"type": "integer"}),
                            _cell(
                                "date",
                                {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$"},
                            ),
                        ]
                    },
                },
            },
        },
    },
    "required": ["meta", "rows"],
}
