"""Types and messages shared by the bridge and the consoles: standard library and msgspec only."""
