"""Acting on the field, free of Qt: from a wish over its dry run to what was read back."""
