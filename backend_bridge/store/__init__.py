"""What the bridge keeps: journal and states, users, point history.

Open it with :meth:`backend_bridge.store.store.Store.open`; everybody else is written against
:mod:`backend_bridge.core.storage`.
"""

from __future__ import annotations

from backend_bridge.store.errors import NewerStoreError, StoreInUseError, StoreOpenError
from backend_bridge.store.history_recorder import HistoryRecorder
from backend_bridge.store.settings import StoreSettings
from backend_bridge.store.store import Store, open_journal_to_append, open_users

__all__ = [
    "HistoryRecorder",
    "NewerStoreError",
    "Store",
    "StoreInUseError",
    "StoreOpenError",
    "StoreSettings",
    "open_journal_to_append",
    "open_users",
]
