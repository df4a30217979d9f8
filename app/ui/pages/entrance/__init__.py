"""The doors: first start, signing in, invitations."""
