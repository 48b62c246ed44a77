"""The auditor's panel on the screen."""
