"""Base maps made of picture tiles: from a file, or from an address with a cache on the disk."""
