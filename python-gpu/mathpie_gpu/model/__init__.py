"""Models that train: packed attention, losses over hidden states, float8, adapters, checkpoints read and written, sharding."""
