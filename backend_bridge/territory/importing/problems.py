"""Why an import, or one of its files, cannot be."""

from __future__ import annotations


class ImportRefusedError(Exception):
    """Say why nothing was written, and what to do."""


class UnreadableSourceError(Exception):
    """Say why one file or layer gives nothing; the import goes on with the others."""
