"""What only shows when everything is built: each module one matter, each check one definition at a time."""
