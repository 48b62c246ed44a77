"""Search fields: one in a panel's title bar, one over the whole window."""
