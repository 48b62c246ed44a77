"""Run by Alembic for each upgrade, on the connection and in the transaction the store opened."""

from __future__ import annotations

from alembic import context

from backend_bridge.store.tables import metadata

# A migration is all or nothing: both databases roll DDL back, and the caller began a transaction.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
