"""Stand-ins and helpers shared by tests; nothing here is imported by the product."""
