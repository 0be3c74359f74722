#!/usr/bin/env python3
"""Runs the C# cells of notebooks in two kernels and counts which of them ran where; times both kernels in turns.

    compare.py FOLDER [--ours csharp] [--theirs .net-csharp] [--timeout 60] [--times ROUNDS] [--json FILE]

Both kernels have to be registered with Jupyter under the given names. Nothing is fetched, except what the cells fetch."""
import argparse
import collections
import glob
import json
import os
import statistics
import sys
import time

import jupyter_client
import nbclient
import nbformat

SIDES = ("ours", "theirs")


def is_csharp(cell):
    """Whether a cell is C#: by its metadata, or by its first line."""
    if cell.cell_type != "code" or not cell.source.strip():
        return False
    meta = cell.metadata
    named = meta.get("polyglot_notebook", {}).get("kernelName") or meta.get("dotnet_interactive", {}).get("language")
    first = cell.source.lstrip().split("\n")[0]
    if first.startswith("#!") and first.split()[0] in ("#!fsharp", "#!pwsh", "#!powershell", "#!html", "#!javascript", "#!js", "#!markdown", "#!sql", "#!kql", "#!http", "#!mermaid", "#!value"):
        return False
    return named in (None, "csharp", ".NET", "C#")


def run(path, kernel, timeout):
    """The outcome of each C# cell: None if it ran, else the first line of its error."""
    notebook = nbformat.read(path, as_version=4)
    cells = [i for i, cell in enumerate(notebook.cells) if is_csharp(cell)]
    for cell in notebook.cells:
        if cell.cell_type == "code":  # what an earlier run left would look like this one's
            cell.outputs, cell.execution_count = [], None
    client = nbclient.NotebookClient(
        notebook, timeout=timeout, kernel_name=kernel, allow_errors=True, interrupt_on_timeout=True, startup_timeout=120,
        resources={"metadata": {"path": os.path.dirname(os.path.abspath(path))}})
    died = None
    try:
        client.execute()
    except Exception as problem:  # the kernel died, or never answered
        died = str(problem).strip().split("\n")[0]
    outcome = {}
    for i in cells:
        cell = notebook.cells[i]
        errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
        if errors:
            outcome[i] = f"{errors[0].ename}: {errors[0].evalue}".split("\n")[0][:140]
        elif cell.execution_count is None and died:
            outcome[i] = died
        else:
            outcome[i] = None
    return outcome


def count(paths, kernels, timeout):
    table = collections.Counter()
    alone = {side: [] for side in SIDES}
    for path in paths:
        ours, theirs = (run(path, kernels[side], timeout) for side in SIDES)
        for i in ours:
            ran = (ours[i] is None, theirs[i] is None)
            table[ran] += 1
            if ran == (True, False):
                alone["ours"].append((path, i, theirs[i]))
            if ran == (False, True):
                alone["theirs"].append((path, i, ours[i]))
        print(f"{path}: {len(ours)} cells, {sum(v is None for v in ours.values())} ran in ours, "
              f"{sum(v is None for v in theirs.values())} in theirs", file=sys.stderr, flush=True)
    return table, alone


def execute(client, code):
    reply = client.execute_interactive(code, timeout=120, output_hook=lambda message: None)
    if reply["content"]["status"] != "ok":
        raise SystemExit(f"'{code}' failed: {reply['content'].get('evalue')}")


def measure(kernel, package):
    """Seconds of one launch: to the answer of the first cell, of a package and a cell that uses it, of a warm cell; memory in MB."""
    begun = time.perf_counter()
    manager, client = jupyter_client.manager.start_new_kernel(kernel_name=kernel, startup_timeout=120)
    try:
        execute(client, "1+1")
        first = time.perf_counter() - begun
        execute(client, f'#r "nuget: {package}"')
        execute(client, "typeof(Newtonsoft.Json.JsonConvert).Name")
        referenced = time.perf_counter() - begun
        warm = []
        for i in range(20):
            start = time.perf_counter()
            execute(client, f"{i}+1")
            warm.append(time.perf_counter() - start)
        for i in range(500 - 22):
            execute(client, ("1+1", f"var x{i} = {i};", f"Console.WriteLine({i});", f"new[] {{ 1, 2 }}.Select(n => n + {i})")[i % 4])
        return first, referenced, statistics.median(warm), memory(manager)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def memory(manager):
    with open(f"/proc/{manager.provisioner.process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--ours", default="csharp")
    parser.add_argument("--theirs", default=".net-csharp")
    parser.add_argument("--timeout", type=int, default=60, help="seconds a cell may take")
    parser.add_argument("--times", type=int, default=0, help="rounds in which both kernels are timed in turns")
    parser.add_argument("--json", help="where all outcomes go")
    arguments = parser.parse_args()
    kernels = {"ours": arguments.ours, "theirs": arguments.theirs}

    paths = sorted(glob.glob(os.path.join(glob.escape(arguments.folder), "**", "*.ipynb"), recursive=True))
    if not paths:
        raise SystemExit(f"There are no notebooks in {arguments.folder}.")
    table, alone = count(paths, kernels, arguments.timeout)
    print("| C# cells | |\n|---|---|")
    for name, key in (("ran in both", (True, True)), ("failed in both", (False, False)), ("only ours", (True, False)), ("only theirs", (False, True))):
        print(f"| {name} | {table[key]} |")
    for path, i, error in alone["theirs"]:
        print(f"only theirs: {path}, cell {i}: {error}")
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump({"counts": {str(key): value for key, value in table.items()}, "alone": alone}, file, indent=1)

    if arguments.times:
        rounds = {side: [] for side in SIDES}
        for i in range(arguments.times):
            for side in SIDES if i % 2 == 0 else SIDES[::-1]:
                rounds[side].append(measure(kernels[side], "Newtonsoft.Json, 13.0.3"))
        print("\n| medians | ours | theirs | ratio |\n|---|---|---|---|")
        for k, name in enumerate(("start and first cell, s", "start, a cached package, a cell, s", "warm cell, s", "memory after 500 cells, MB")):
            ours, theirs = (statistics.median(one[k] for one in rounds[side]) for side in SIDES)
            print(f"| {name} | {ours:.3f} | {theirs:.3f} | {ours / theirs:.2f} |")


main()
