"""The control address of the field: read the truth, break things, mend them. Never on a network.

It listens on 127.0.0.1 only and takes JSON only, so that a page in a browser cannot reach it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from aiohttp import web

from backend_bridge.core.simulation import FaultError
from backend_bridge.field.bursts import BurstError, Bursts, read_request
from backend_bridge.field.cameras.process import Cameras
from backend_bridge.field.world import UnknownSubjectError, World

HOST = "127.0.0.1"
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make_app(world: World, cameras: Cameras | None = None) -> web.Application:
    """Return the application that serves ``world``, its bursts and the faults of its cameras."""
    bursts = Bursts(world)
    control = _Control(world, bursts, cameras)
    app = web.Application(middlewares=[_explain])

    async def end_bursts(_app: web.Application) -> None:
        await bursts.close()

    app.on_cleanup.append(end_bursts)
    app.router.add_get("/health", control.health)
    app.router.add_get("/truth", control.truth)
    app.router.add_post("/fault", control.fault)
    app.router.add_post("/clear", control.clear)
    app.router.add_post("/burst", control.burst)
    return app


class _Control:
    def __init__(self, world: World, bursts: Bursts, cameras: Cameras | None = None) -> None:
        self._world = world
        self._bursts = bursts
        self._cameras = cameras

    async def health(self, _request: web.Request) -> web.Response:
        world = self._world
        faulty = sum(1 for simulator in world.simulators.values() if simulator.faults)
        return _json(
            {
                "status": "ok",
                "links": len(world.simulators),
                "faulty_links": faulty,
                "cameras": len(self._cameras or ()),
                "faulty_cameras": len(self._cameras.faults) if self._cameras is not None else 0,
                "bursts": self._bursts.running,
                "now": world.now.isoformat(),
                "speed": world.speed,
            }
        )

    async def truth(self, request: web.Request) -> web.Response:
        world = self._world
        link = request.query.get("link")
        now = world.now.isoformat()
        # written link by link: a city in one piece would keep polls waiting
        equipment = [
            msgspec.json.encode(truth)[1:-1] async for _, truth in world.truths(link) if truth
        ]
        links = {
            name: {
                "address": list(simulator.address),
                "faults": simulator.faults,
                "writes": simulator.writes,
            }
            for name, simulator in world.simulators.items()
            if link in (None, name)
        }
        head = msgspec.json.encode({"now": now, "links": links})[:-1]
        body = b"".join((head, b',"equipment":{', b",".join(equipment), b"}}"))
        return web.Response(body=body, content_type="application/json")

    async def burst(self, request: web.Request) -> web.Response:
        return _json(await self._bursts.begin(read_request(await _body(request))))

    async def fault(self, request: web.Request) -> web.Response:
        body = await _body(request)
        link, equipment = body.pop("link", None), body.pop("equipment", None)
        fault = body.pop("fault", None)
        if not isinstance(fault, str):
            raise FaultError('say which: {"link": "…", "fault": "dead"}')
        if link is None and self._cameras is not None and equipment in self._cameras:
            await self._cameras.inject(equipment, fault, body)
            return _json({"camera": equipment, "faults": self._cameras.faults[equipment]})
        touched = await self._world.inject(fault, link=link, equipment=equipment, parameters=body)
        return _json({"link": touched, "faults": self._world.simulators[touched].faults})

    async def clear(self, request: web.Request) -> web.Response:
        body = await _body(request)
        link, equipment = body.pop("link", None), body.pop("equipment", None)
        fault = body.pop("fault", None)
        if body:
            raise FaultError(f"/clear takes link, equipment and fault, not {sorted(body)}")
        if link is None and self._cameras is not None:
            if equipment in self._cameras:
                return _json({"cameras": await self._cameras.clear(equipment, fault)})
            if equipment is None and fault is None:
                await self._cameras.clear()
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
    except BurstError as error:
        return _json({"error": str(error)}, status=409)
    except FaultError as error:
        return _json({"error": str(error)}, status=400)
    except web.HTTPException as error:
        return _json({"error": error.text or error.reason}, status=error.status)


def _json(content: object, *, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(content), status=status, content_type="application/json"
    )
