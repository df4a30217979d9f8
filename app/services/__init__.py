"""Use cases, and the ports that they need; every call takes the actor and checks what the actor may do."""
