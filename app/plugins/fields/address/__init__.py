"""An address."""
