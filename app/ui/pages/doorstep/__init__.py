"""What grid staff open first: today, notices, what waits on the phone."""
