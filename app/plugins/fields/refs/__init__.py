"""Some subjects, people, places or entries."""
