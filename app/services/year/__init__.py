"""The year of an appraisal, step by step."""
