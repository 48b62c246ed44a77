"""The control address of the field: read the truth, break things, mend them. Never on a network.

It listens on 127.0.0.1 only and takes JSON only, so that a page in a browser cannot reach it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from aiohttp import web

from backend_bridge.core.simulation import FaultError
from backend_bridge.field.world import UnknownSubjectError, World

HOST = "127.0.0.1"
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make_app(world: World) -> web.Application:
    """Return the application that serves ``world``."""
    control = _Control(world)
    app = web.Application(middlewares=[_explain])
    app.router.add_get("/health", control.health)
    app.router.add_get("/truth", control.truth)
    app.router.add_post("/fault", control.fault)
    app.router.add_post("/clear", control.clear)
    return app


class _Control:
    def __init__(self, world: World) -> None:
        self._world = world

    async def health(self, _request: web.Request) -> web.Response:
        world = self._world
        faulty = sum(1 for simulator in world.simulators.values() if simulator.faults)
        return _json(
            {
                "status": "ok",
                "links": len(world.simulators),
                "faulty_links": faulty,
                "now": world.now.isoformat(),
                "speed": world.speed,
            }
        )

    async def truth(self, request: web.Request) -> web.Response:
        world = self._world
        link = request.query.get("link")
        equipment = world.truth(link)
        return _json(
            {
                "now": world.now.isoformat(),
                "links": {
                    name: {
                        "address": list(simulator.address),
                        "faults": simulator.faults,
                        "writes": simulator.writes,
                    }
                    for name, simulator in world.simulators.items()
                    if link in (None, name)
                },
                "equipment": equipment,
            }
        )

    async def fault(self, request: web.Request) -> web.Response:
        body = await _body(request)
        link, equipment = body.pop("link", None), body.pop("equipment", None)
        fault = body.pop("fault", None)
        if not isinstance(fault, str):
            raise FaultError('say which: {"link": "…", "fault": "dead"}')
        touched = await self._world.inject(fault, link=link, equipment=equipment, parameters=body)
        return _json({"link": touched, "faults": self._world.simulators[touched].faults})

    async def clear(self, request: web.Request) -> web.Response:
        body = await _body(request)
        link, equipment = body.pop("link", None), body.pop("equipment", None)
        fault = body.pop("fault", None)
        if body:
            raise FaultError(f"/clear takes link, equipment and fault, not {sorted(body)}")
        touched = await self._world.clear(fault, link=link, equipment=equipment)
        return _json({"links": touched})


async def _body(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="send application/json")
    raw = await request.read()
    try:
        body = msgspec.json.decode(raw or b"{}", type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise FaultError(f"the body is not a JSON object: {error}") from error
    for key in ("link", "equipment", "fault"):
        if not isinstance(body.get(key, ""), str):
            raise FaultError(f"{key} is a text")
    return body


@web.middleware
async def _explain(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Turn a refusal into its status and one sentence."""
    try:
        return await handler(request)
    except UnknownSubjectError as error:
        return _json({"error": str(error.args[0])}, status=404)
    except FaultError as error:
        return _json({"error": str(error)}, status=400)
    except web.HTTPException as error:
        return _json({"error": error.text or error.reason}, status=error.status)


def _json(content: object, *, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(content), status=status, content_type="application/json"
    )
