"""What is said of a signature: in the child that reads it, and where it is shown."""

YES, NO, UNKNOWN = "yes", "no", "unknown"
