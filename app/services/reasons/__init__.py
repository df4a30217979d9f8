"""Why something is as it is, in words: lineage, figures, sentences."""
