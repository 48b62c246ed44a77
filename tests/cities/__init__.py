"""What takes minutes: whole cities, played and looked at. ``make cities`` runs it."""
