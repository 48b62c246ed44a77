"""The store: durability, order, limits, damage."""
