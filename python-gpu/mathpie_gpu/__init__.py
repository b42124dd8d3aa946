"""What the scripts of python-gpu share. A package imports from those before it: run, rows, model, training, scoring, engine
(tests/test_import_order.py holds it)."""
