"""What the scripts of python-gpu share."""
