"""Makes a local bench and site from what the machine can reach. Knows nothing of the app's domain."""
