"""Alembic's scripts; run by :mod:`backend_bridge.store.schema`, never by hand."""
