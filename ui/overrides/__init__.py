"""The override ledger on the screen."""
