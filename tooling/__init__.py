"""What `./gridbook` does before the app: standard library only, since nothing else is there yet."""
