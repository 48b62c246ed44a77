"""Works and interlocks on the screen."""
