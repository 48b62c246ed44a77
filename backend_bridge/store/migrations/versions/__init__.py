"""One module a schema revision; ``tables.SCHEMA_REVISION`` names the newest."""
