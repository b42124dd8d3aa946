"""A run of a script: its directory, configuration, events and lock; the contract with TypeScript; what users are told."""
