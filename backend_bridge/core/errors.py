"""The four errors a driver may raise, whatever its protocol library throws."""

from __future__ import annotations


class DriverError(Exception):
    """Stand above the four; never raised itself."""


class DeviceUnavailableError(DriverError):
    """The device or the way to it does not answer: refused, timed out, cut."""


class ProtocolError(DriverError):
    """The device answered, and the answer is not the protocol or not its own."""


class CommandRejectedError(DriverError):
    """The device understood the command and refused it."""


class ConfigError(DriverError):
    """The configuration of this link or point cannot work; the text says what to change."""
