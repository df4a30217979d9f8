"""What gridbook knows about regulations: frozen values and pure functions, standard library only."""
