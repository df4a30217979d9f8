"""An amount of money."""
