"""What ends while people send: nothing that was acknowledged is lost, nothing is half, each is told once."""
