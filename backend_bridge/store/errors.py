"""Why a store could not be opened, in words for whoever starts the bridge."""

from __future__ import annotations

from backend_bridge.core.storage import StorageError


class StoreOpenError(StorageError):
    """The store cannot be opened; the text says what happened, what it means and what to do."""


class NewerStoreError(StoreOpenError):
    """A newer Beffroi wrote this store; this one would misread it. Nothing was changed."""


class OlderStoreError(StoreOpenError):
    """An older Beffroi wrote this store; the bridge brings it up to date when it starts."""


class StoreInUseError(StoreOpenError):
    """Another bridge holds this store; two writers would break the journal's order."""


class StoreLostError(StorageError):
    """What this bridge remembers is no longer what the store holds: it must end and read anew."""
