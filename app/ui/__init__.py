"""The interface: pages, shared parts, frame and theme. It reaches everything else through app.services.wiring."""
