"""What the description of the API (OpenAPI) says of the tracking endpoints: bodies with an example, and all answers."""

from typing import Any

from pydantic import BaseModel

from quartier.api import models

_IDS = {"messageId": "5f0c1b9e-order-1001", "userId": "C-1001", "timestamp": "2026-11-22T10:00:00Z"}
EXAMPLES: dict[str, dict[str, Any]] = {
    "identify": {**_IDS, "traits": {"email": "camille@example.org", "city": "Lyon"}},
    "track": {**_IDS, "event": "Order Completed", "properties": {"order_id": "1001", "revenue": 49.9}},
    "page": {**_IDS, "name": "Shoes", "properties": {"url": "https://shop.example.org/shoes"}},
    "screen": {**_IDS, "name": "Basket"},
    "group": {**_IDS, "groupId": "acme", "traits": {"name": "Acme", "employees": 120}},
    "alias": {**_IDS, "previousId": "anonymous-7f3a"},
    "batch": {
        "batch": [
            {**_IDS, "type": "track", "event": "Product Added", "properties": {"product_id": "P-7"}},
            {"type": "identify", "userId": "C-1001", "traits": {"city": "Lyon"}},
        ],
        "sentAt": "2026-11-22T10:00:01Z",
    },
    "import": {
        "batch": [
            {"type": "track", "userId": "C-1001", "event": "Order Completed", "timestamp": "2024-03-01T09:30:00Z"}
        ]
    },
}
"""One body for each endpoint; the documentation shows them and a test sends them."""

_MODELS: dict[str, type[BaseModel]] = {
    "identify": models.Identify,
    "track": models.Track,
    "page": models.Page,
    "screen": models.Screen,
    "group": models.Group,
    "alias": models.Alias,
    "batch": models.Batch,
    "import": models.Batch,
}

MESSAGE_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": models.Accepted, "description": "kept: what became of each message"},
    400: {"model": models.RefusedBody, "description": "the body cannot be read"},
    401: {"model": models.RefusedBody, "description": "no write key, or one that is unknown or revoked"},
    403: {"model": models.RefusedBody, "description": "the write key is bound to other web origins"},
    413: {"model": models.RefusedBody, "description": "the body is too large, or has too many messages"},
    429: {"model": models.RefusedBody, "description": "too many bodies wait; see Retry-After"},
    503: {"model": models.RefusedBody, "description": "the journal cannot keep up or be written; see Retry-After"},
}


def body_of(name: str) -> dict[str, Any]:
    """The request body of an endpoint, as OpenAPI describes it."""
    schema = _MODELS[name].model_json_schema()
    content = {"schema": schema, "example": EXAMPLES[name]}
    return {
        "requestBody": {"required": True, "content": {"application/json": content, "text/plain": content}},
        "security": [{"writeKey": []}, {}],
    }
