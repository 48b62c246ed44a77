"""The alarm panel on the screen."""
