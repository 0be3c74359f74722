"""Executes a notebook with nbclient, in the notebook's folder: execute_notebook.py INPUT OUTPUT [SECONDS].

With SECONDS, a cell that takes longer is interrupted, and the next one is run.
"""
import os
import sys

import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
limits = {"timeout": 120}
if len(sys.argv) > 3:
    limits = {"timeout": int(sys.argv[3]), "interrupt_on_timeout": True, "allow_errors": True}
place = {"metadata": {"path": os.path.dirname(os.path.abspath(sys.argv[1]))}}
NotebookClient(notebook, iopub_timeout=10, resources=place, **limits).execute()
nbformat.write(notebook, sys.argv[2])
