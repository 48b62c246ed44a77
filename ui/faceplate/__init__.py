"""Faceplates on the screen."""
