"""What turns a model and rows into a trained model: plan, optimizer, losses of preferences, checkpoints of a run."""
