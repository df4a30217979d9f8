"""Scores, ranks and appraisals: computed, followed over the months, frozen."""
