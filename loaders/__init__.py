"""Hand-written YAML in, checked and frozen data out. Reads `indicators/`, knows no screen."""
