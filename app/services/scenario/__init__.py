"""What a demo community lives through, made from its scenario."""
