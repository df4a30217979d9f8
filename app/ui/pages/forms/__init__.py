"""A generated form: its page, its sheet of questions, its rows, several subjects at once."""
