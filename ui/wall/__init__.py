"""The wall of pictures, as painted."""
