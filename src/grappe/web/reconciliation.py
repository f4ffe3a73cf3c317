"""``/reconcile``: the graph as a reconciliation service, for the tables of others (OpenRefine's, for one).

The protocol is the Reconciliation Service API 0.2 of the W3C community group for entity reconciliation: manifest,
queries, suggestions, previews, data extension.
"""

from __future__ import annotations

import asyncio
import html
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import TypeAdapter, ValidationError

from grappe.errors import NotFound
from grappe.iri import GRP, fold
from grappe.link.lookup import Found, Lookup, Record
from grappe.web.bodies import read_text
from grappe.web.descriptions import origin_of
from grappe.web.entities import Entities, Value
from grappe.web.page import CONTENT_POLICY
from grappe.web.problems import BadRequest
from grappe.web.reconciliation_messages import Extension, PropertyValue, Question
from grappe.web.service import Service

__all__ = ["router"]

#: Queries of one batch, and things of one extension, at most.
_BATCH = 1_000

#: A candidate is a certain match if it scores so much, and the next so much less.
_CERTAIN, _APART = 95.0, 5.0

#: Properties that identify: equal values are the same thing, different ones are not.
_IDENTIFYING = frozenset({"siren", "siret", "rorId", "rnsr", "inseeCode", "uai", "wikidata", "idref", "isni", "nuts"})

_QUESTIONS: TypeAdapter[dict[str, Question]] = TypeAdapter(dict[str, Question])
_EXTENSION: TypeAdapter[Extension] = TypeAdapter(Extension)

#: A batch of queries is at most so many bytes.
_MAX_BODY = 4 << 20


def router(service: Service) -> APIRouter:
    """Return the addresses of the reconciliation service."""
    routes, entities = APIRouter(prefix="/reconcile"), Entities.of(service)

    @routes.get("", operation_id="reconcile_get", summary="Reconcile, or the manifest")
    async def reconcile_get(request: Request, queries: str | None = None, extend: str | None = None) -> JSONResponse:
        return await answered(request, queries, extend)

    @routes.post("", operation_id="reconcile_post", summary="Reconcile a batch of names, or extend a table")
    async def reconcile_post(request: Request) -> JSONResponse:
        values = await _form(request)
        return await answered(request, values.get("queries"), values.get("extend"))

    async def answered(request: Request, queries: str | None, extend: str | None) -> JSONResponse:
        if queries is not None:
            return JSONResponse(await _reconciled(entities, _read(_QUESTIONS, queries, "queries")))
        if extend is not None:
            return JSONResponse(await _extended(entities, _read(_EXTENSION, extend, "extend")))
        return JSONResponse(_manifest(entities, origin_of(request)))

    @routes.get("/suggest/entity", operation_id="suggest_entity", summary="Things whose name starts so")
    async def suggest_entity(prefix: str = Query(max_length=200), cursor: int = Query(0, ge=0)) -> dict[str, Any]:
        lookup = await entities.lookup()
        found = await asyncio.to_thread(lookup.starting, prefix, skip=cursor)
        return {
            "result": [
                {
                    "id": record.key,
                    "name": record.names[0],
                    "description": record.description,
                    "notable": _types(entities, record),
                }
                for record in found
            ]
        }

    @routes.get("/suggest/type", operation_id="suggest_type", summary="Classes whose name starts so")
    async def suggest_type(prefix: str = Query(max_length=200), cursor: int = Query(0, ge=0)) -> dict[str, Any]:
        found = [kind for kind in entities.kinds.values() if _starts(prefix, kind.id, kind.name)]
        return {"result": [_type(entities, kind.id, broader=True) for kind in found][cursor:]}

    @routes.get("/suggest/property", operation_id="suggest_property", summary="Properties whose name starts so")
    async def suggest_property(prefix: str = Query(max_length=200), cursor: int = Query(0, ge=0)) -> dict[str, Any]:
        found = [p for p in entities.properties.values() if _starts(prefix, p.id, p.name)]
        return {"result": [{"id": p.id, "name": p.name, "description": p.description} for p in found][cursor:]}

    @routes.get("/properties", operation_id="propose_properties", summary="Properties that things of a class have")
    async def propose_properties(type: str | None = None, limit: int = Query(100, ge=0)) -> dict[str, Any]:
        kind = type if type in entities.kinds else None
        found = await entities.used(kind)
        proposed = [{"id": p.id, "name": p.name} for p in found[: limit or None]]
        return {"limit": limit, "properties": proposed} | ({"type": kind} if kind is not None else {})

    @routes.get("/flyout/entity", operation_id="flyout_entity", summary="A few words on a thing")
    async def flyout_entity(id: str) -> dict[str, str]:
        return {"id": id, "html": _card(await _record(entities, id))}

    @routes.get("/preview", operation_id="preview", summary="A few words on a thing, as a page")
    async def preview(id: str) -> HTMLResponse:
        card = _card(await _record(entities, id))
        policy = CONTENT_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
        body = f'<!doctype html><html lang="fr"><meta charset="utf-8"><title>Grappe</title>{card}</html>'
        return HTMLResponse(body, headers={"Content-Security-Policy": policy})

    return routes


async def _form(request: Request) -> dict[str, str]:
    """Return the fields of a posted form.

    Raises:
        BadRequest: if it is none, or too large.
    """
    try:
        fields = parse_qsl(await read_text(request, limit=_MAX_BODY), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise BadRequest("The request's body is no form.", remedy="Send queries=… or extend=….") from None
    return dict(fields)


def _read(adapter: TypeAdapter[Any], given: str, name: str) -> Any:  # noqa: ANN401 - what the adapter makes
    """Return a parameter of the protocol, which is JSON.

    Raises:
        BadRequest: if it is not what the protocol says, or asks for too much at once.
    """
    try:
        value = adapter.validate_json(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise BadRequest(
            f"The parameter '{name}' is not what the protocol asks for ({place or 'JSON'}: {first['msg']}).",
            remedy="See the Reconciliation Service API 0.2.",
        ) from None
    if len(value.ids if isinstance(value, Extension) else value) > _BATCH:
        raise BadRequest(
            f"One request may hold {_BATCH} at most.",
            remedy="Send several.",
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    return value


def _manifest(entities: Entities, here: str) -> dict[str, Any]:
    where, names = f"{here}/reconcile", entities.service.settings.names
    return {
        "versions": ["0.2"],
        "name": "Grappe",
        "identifierSpace": names.entity(""),
        "schemaSpace": GRP,
        "defaultTypes": [_type(entities, name) for name in ("Organization", "Person", "Project", "Place")],
        "view": {"url": f"{here}/id/{{{{id}}}}"},
        "preview": {"url": f"{where}/preview?id={{{{id}}}}", "width": 400, "height": 120},
        "suggest": {
            "entity": {
                "service_url": where,
                "service_path": "/suggest/entity",
                "flyout_service_url": where,
                "flyout_service_path": "/flyout/entity?id=${id}",
            },
            "property": {"service_url": where, "service_path": "/suggest/property"},
            "type": {"service_url": where, "service_path": "/suggest/type"},
        },
        "extend": {
            "propose_properties": {"service_url": where, "service_path": "/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Limit",
                    "type": "number",
                    "default": 0,
                    "help_text": "So many values at most; 0 for all",
                }
            ],
        },
    }


# --- queries ----------------------------------------------------------------------------------------------------------


async def _reconciled(entities: Entities, questions: Mapping[str, Question]) -> dict[str, Any]:
    lookup = await entities.lookup()
    found = await asyncio.to_thread(_find, lookup, questions)
    for name, question in questions.items():
        if question.query is None:
            found[name] = await _by_values(entities, lookup, question)
    asked = sorted({p.pid for q in questions.values() for p in q.properties})
    keys = sorted({f.record.key for name, q in questions.items() if q.properties for f in found[name]})
    values = await entities.values(keys, asked) if asked else {}
    return {name: {"result": _ranked(entities, found[name], q, values)} for name, q in questions.items()}


def _find(lookup: Lookup, questions: Mapping[str, Question]) -> dict[str, tuple[Found, ...]]:
    out = {}
    for name, question in questions.items():
        given = frozenset(question.types)
        # « should » weighs a type and does not ask for it; of several under « all », every one must be had.
        wanted = given if question.type_strict != "should" else frozenset[str]()
        limit = max(question.wanted, 25 if question.properties or wanted else 0)
        found = lookup.find(question.query or "", types=wanted, limit=limit)
        if question.type_strict == "all":
            found = tuple(f for f in found if given <= frozenset(f.record.types))
        out[name] = found
    return out


async def _by_values(entities: Entities, lookup: Lookup, question: Question) -> tuple[Found, ...]:
    """Return the things that have the first value that a query without a name gives."""
    for given in question.properties:
        if given.pid in entities.properties:
            for value in given.values:
                keys = await entities.with_value(given.pid, value.key or value.text)
                records = (lookup.by_key.get(key) for key in keys)
                return tuple(Found(record, 60.0, record.names[0]) for record in records if record is not None)
    return ()


def _ranked(
    entities: Entities,
    found: Sequence[Found],
    question: Question,
    values: Mapping[tuple[str, str], tuple[Value, ...]],
) -> list[dict[str, Any]]:
    given = frozenset(question.types)
    weighed = []
    for one in found:
        score, features = one.score, [{"id": "name_similarity", "value": round(one.score / 100, 3)}]
        if given and given.isdisjoint(one.record.types):
            score *= 0.8
        for asked in question.properties:
            agrees = _agreement(asked, values.get((one.record.key, asked.pid), ()))
            if agrees is None:
                continue
            features.append({"id": f"property:{asked.pid}", "value": round(agrees, 3)})
            score = _identified(score, agrees) if asked.pid in _IDENTIFYING else score * 0.8 + 20 * agrees
        weighed.append((round(score, 1), one, features))
    weighed.sort(key=lambda w: (-w[0], w[1].record.key))
    certain = (
        bool(weighed) and weighed[0][0] >= _CERTAIN and (len(weighed) == 1 or weighed[0][0] - weighed[1][0] >= _APART)
    )
    return [
        {
            "id": one.record.key,
            "name": one.record.names[0],
            "description": one.record.description,
            "score": score,
            "match": certain and place == 0,
            "type": _types(entities, one.record),
            "features": features,
        }
        for place, (score, one, features) in enumerate(weighed[: question.wanted])
    ]


def _identified(score: float, agrees: float) -> float:
    return 100.0 if agrees == 1 else score * 0.5


def _agreement(asked: PropertyValue, held: Sequence[Value]) -> float | None:
    """Return the share of the values asked for that a thing has; None where the graph says nothing of it."""
    if not held or not asked.values:
        return None
    keys = {value.key for value in held if value.key is not None}
    texts = {fold(value.text) for value in held}
    agreeing = [
        value for value in asked.values if (value.key is not None and value.key in keys) or fold(value.text) in texts
    ]
    return len(agreeing) / len(asked.values)


# --- data extension ---------------------------------------------------------------------------------------------------


async def _extended(entities: Entities, asked: Extension) -> dict[str, Any]:
    lookup = await entities.lookup()
    known = [key for key in dict.fromkeys(asked.ids) if key in lookup.by_key]
    values = await entities.values(known, [p.id for p in asked.properties])
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for id in asked.ids:
        rows[id] = {
            p.id: [_cell(value) for value in values.get((id, p.id), ())][: p.limit or None] for p in asked.properties
        }
    meta = []
    for wanted in asked.properties:
        known_as = entities.properties.get(wanted.id)
        meta.append({"id": wanted.id, "name": known_as.name if known_as is not None else wanted.id})
    return {"meta": meta, "rows": rows}


def _cell(value: Value) -> dict[str, Any]:
    if value.key is not None:
        return {"id": value.key, "name": value.text}
    match value.datatype.rpartition("#")[2]:
        case "integer":
            return {"int": int(value.text)}
        case "decimal" | "double" | "float":
            return {"float": float(value.text)}
        case "date":
            return {"date": f"{value.text}T00:00:00Z"}
        case _:
            return {"str": value.text}


# --- what people see --------------------------------------------------------------------------------------------------


async def _record(entities: Entities, id: str) -> Record:
    record = (await entities.lookup()).by_key.get(id)
    if record is None:
        raise NotFound(f"There is no thing '{id}' here.", iri=entities.service.settings.names.entity(quote(id)))
    return record


def _card(record: Record) -> str:
    others = ", ".join(record.names[1:5])
    also = f"<br>{html.escape(others)}" if others else ""
    return f"<p><strong>{html.escape(record.names[0])}</strong><br>{html.escape(record.description)}{also}</p>"


def _types(entities: Entities, record: Record) -> list[dict[str, Any]]:
    return [_type(entities, name) for name in record.types]


def _type(entities: Entities, name: str, *, broader: bool = False) -> dict[str, Any]:
    kind = entities.kinds[name]
    above = {"broader": [_type(entities, other) for other in kind.broader]} if broader and kind.broader else {}
    return {"id": kind.id, "name": kind.name} | above


def _starts(prefix: str, *names: str) -> bool:
    start = fold(prefix)
    return any(f" {fold(name)}".find(f" {start}") >= 0 for name in names)
