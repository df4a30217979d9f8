"""Scores, appraisals and the stages of a year."""
