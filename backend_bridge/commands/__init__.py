"""Commands: the only door to the field."""

from backend_bridge.commands.eyes import TableEyes
from backend_bridge.commands.gateway import CommandGateway
from backend_bridge.commands.interlock_rules import (
    InterlockRule,
    load_interlocks,
    shipped_interlocks,
)
from backend_bridge.commands.interlocks import Interlocks
from backend_bridge.commands.needs import GatewaySettings

__all__ = [
    "CommandGateway",
    "GatewaySettings",
    "InterlockRule",
    "Interlocks",
    "TableEyes",
    "load_interlocks",
    "shipped_interlocks",
]
