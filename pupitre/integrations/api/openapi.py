"""The description of the API (OpenAPI 3.1), made from what it declares: addresses, scopes, problems, classes of answers."""

from typing import Any

import msgspec
from django.urls import reverse

from pupitre.integrations.api.declared import ENDPOINTS, Endpoint, Parameter
from pupitre.integrations.api.problems import KINDS
from pupitre.integrations.api.scopes import SCOPES
from pupitre.integrations.oidc.services.telling import issuer

_REF = "#/components/schemas/{name}"
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
_NUMBER = {
    "name": "number", "in": "path", "required": True, "schema": {"type": "string"},
    "description": "Numéro de l’élève, donné par /api/v1/me.",
}  # fmt: skip


def description() -> dict[str, Any]:
    """The whole document."""
    _schemas, components = _described()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pupitre",
            "version": "1",
            "summary": "Ce que les familles peuvent lire de Pupitre avec une application.",
            "description": "Lecture seule. Chaque lecture obéit aux mêmes règles que les pages : rien n’y paraît plus tôt.",
        },
        "externalDocs": {"url": f"{issuer()}{reverse('api:developers')}"},
        "servers": [{"url": issuer()}],
        "security": [{"pupitre": []}],
        "paths": {each.shown_path: {"get": _operation(each)} for each in ENDPOINTS},
        "components": {
            "schemas": {**components, "Problem": _PROBLEM},
            "responses": {kind: _problem(kind) for kind in KINDS},
            "securitySchemes": {"pupitre": _security()},
        },
    }


def fields_of(answer: type[msgspec.Struct]) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """For people: each object of an answer with its sentence, and its fields (name, kind, what it says); the answer first."""
    _schemas, components = msgspec.json.schema_components([answer], ref_template=_REF)
    names = sorted(components, key=lambda name: (name != answer.__name__, name))
    return [
        (
            name,
            components[name].get("description", ""),
            [
                (key, _kind(shape), shape.get("description", ""))
                for key, shape in components[name]["properties"].items()
            ],
        )
        for name in names
    ]


def _described() -> tuple[tuple[dict[str, Any], ...], dict[str, Any]]:
    return msgspec.json.schema_components([each.answer for each in ENDPOINTS], ref_template=_REF)


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    parameters = [_NUMBER] if endpoint.is_of_student else []
    kinds = [kind for kind in KINDS if kind != "methode" and (kind != "introuvable" or endpoint.is_of_student)]
    return {
        "operationId": endpoint.name,
        "summary": str(endpoint.title),
        "security": [{"pupitre": [endpoint.scope] if endpoint.scope else []}],
        "parameters": [*parameters, *map(_parameter, endpoint.parameters)],
        "responses": {
            "200": {
                "description": endpoint.answer.__doc__ or "",
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": {"$ref": _REF.format(name=endpoint.answer.__name__)}}},
            },
            "304": {"description": "Rien n’a changé depuis l’ETag de If-None-Match."},
            **{str(KINDS[kind][0]): {"$ref": f"#/components/responses/{kind}"} for kind in kinds},
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = {"type": parameter.kind} | ({"format": parameter.shape} if parameter.shape else {})
    return {"name": parameter.name, "in": "query", "description": str(parameter.says), "schema": schema}


def _problem(kind: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": _REF.format(name="Problem")}}}
    return {"description": str(KINDS[kind][1]), "content": content}


def _security() -> dict[str, Any]:
    known = {"openid": "Savoir qui entre"} | {key: str(scope.label) for key, scope in SCOPES.items()}
    addresses = {"authorizationUrl": reverse("oidc:authorize"), "tokenUrl": reverse("oidc:token")}
    flow = {name: f"{issuer()}{path}" for name, path in addresses.items()}
    flow["refreshUrl"] = flow["tokenUrl"]
    return {
        "type": "oauth2",
        "description": "Code avec PKCE (S256) ; une application est un client public, sans secret.",
        "flows": {"authorizationCode": {**flow, "scopes": known}},
    }


def _kind(shape: dict[str, Any]) -> str:
    """« date-time », « list of Lesson », « string or null »."""
    if "$ref" in shape:
        return str(shape["$ref"]).rpartition("/")[2]
    if "anyOf" in shape:
        return " | ".join(_kind(each) for each in shape["anyOf"])
    if shape.get("type") == "array":
        return f"[{_kind(shape['items'])}]"
    return str(shape.get("format") or shape.get("type", ""))
