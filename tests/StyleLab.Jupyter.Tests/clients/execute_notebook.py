"""Executes a notebook with nbclient: execute_notebook.py INPUT OUTPUT."""
import sys

import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=120, iopub_timeout=10).execute()
nbformat.write(notebook, sys.argv[2])
