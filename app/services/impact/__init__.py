"""What a draft would have made of a past period."""
