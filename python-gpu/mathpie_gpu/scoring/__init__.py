"""Texts measured by a model: rewards, and which vectors are near each other."""
