"""A real city read from the files it publishes; needs the extra ``import``."""

from backend_bridge.territory.importing.problems import ImportRefusedError
from backend_bridge.territory.importing.run import ImportOptions, ImportOutcome, import_territory

__all__ = ["ImportOptions", "ImportOutcome", "ImportRefusedError", "import_territory"]
