"""What holds for a funded project (*progetto finanziato*), from the award to the last payment: pure functions on plain values."""
