"""The devices a simulator can stand for: a module each, with a ``make_device``."""

from __future__ import annotations

import importlib
import pkgutil
from typing import cast

from backend_bridge.core.errors import ConfigError
from backend_bridge.core.settings import nearest
from backend_bridge.drivers.modbus.simulated.device import DeviceFactory

USUAL = "lighting_cabinet"
"""What stands for a link whose profile names no model."""


def find(model: str) -> DeviceFactory:
    """Return what makes a model's devices.

    Raises:
        ConfigError: there is no such model; the nearest is suggested.
    """
    known = [module.name for module in pkgutil.iter_modules(__path__)]
    name = model or USUAL
    if name not in known:
        raise ConfigError(f'there is no simulated device "{name}"{nearest(name, known)}')
    module = importlib.import_module(f"{__name__}.{name}")
    return cast("DeviceFactory", module.make_device)
