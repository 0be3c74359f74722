"""Times Jupyter kernels side by side, as a client sees them.

    python3 benchmarks/kernel_launch.py csharp python3 --rounds 5

Each round launches every kernel anew, one after the other, so that all see the same machine. Printed are medians:
launch to kernel_info reply, launch to the first result, and a warm trivial cell; with --cells also the memory
after that many trivial cells, and the time to receive 10 MB of printed text.
"""
import argparse
import statistics
import time

from jupyter_client.manager import KernelManager

TRIVIAL = {"python": "1+1", "C#": "1+1", "csharp": "1+1"}
PRINT_10_MB = {
    "python": "for i in range(100_000): print('x' * 99)",
    "C#": "for (int i = 0; i < 100_000; i++) Console.WriteLine(new string('x', 99));",
}
PRINT_10_MB["csharp"] = PRINT_10_MB["C#"]


class Launched:
    """A kernel process, and the time since it was asked for."""

    def __init__(self, name):
        self.manager = KernelManager(kernel_name=name)
        self.language = self.manager.kernel_spec.language
        self.start = time.perf_counter()
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def age(self):
        return time.perf_counter() - self.start

    def wait_for(self, request):
        while True:
            reply = self.client.get_shell_msg(timeout=120)
            if reply["parent_header"].get("msg_id") == request:
                assert reply["content"].get("status", "ok") == "ok", reply["content"]
                return

    def run(self, code):
        self.wait_for(self.client.execute(code))

    def printed(self, code):
        """Runs code and gives how many characters of output came."""
        request = self.client.execute(code)
        count = 0
        while True:
            message = self.client.get_iopub_msg(timeout=120)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "stream":
                count += len(message["content"]["text"])
            if message["content"].get("execution_state") == "idle":
                return count

    def memory(self):
        """Resident memory in MB, of the process that listens."""
        with open(f"/proc/{self.manager.provisioner.process.pid}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def measure(name):
    with Launched(name) as kernel:
        kernel.wait_for(kernel.client.kernel_info())
        info = kernel.age()
    with Launched(name) as kernel:
        trivial = TRIVIAL[kernel.language]
        kernel.run(trivial)
        first = kernel.age()
        warm = []
        for _ in range(30):
            start = time.perf_counter()
            kernel.run(trivial)
            warm.append(time.perf_counter() - start)
    return info, first, statistics.median(warm)


def measure_long(name, cells):
    with Launched(name) as kernel:
        for _ in range(cells):
            kernel.run(TRIVIAL[kernel.language])
        memory = kernel.memory()
    with Launched(name) as kernel:
        kernel.run(TRIVIAL[kernel.language])
        kernel.printed("")
        start = time.perf_counter()
        count = kernel.printed(PRINT_10_MB[kernel.language])
        return memory, time.perf_counter() - start, count


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("kernels", nargs="+", help="names from `jupyter kernelspec list`")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--cells", type=int, default=0, help="measure memory after this many cells, and printing")
    given = arguments.parse_args()

    times = {name: [] for name in given.kernels}
    for _ in range(given.rounds):
        for name in given.kernels:
            times[name].append(measure(name))
    print(f"{'kernel':16}{'kernel_info s':>15}{'first result s':>16}{'warm cell ms':>14}")
    for name, rounds in times.items():
        info, first, warm = (statistics.median(column) for column in zip(*rounds))
        print(f"{name:16}{info:15.2f}{first:16.2f}{1000 * warm:14.1f}")
    if given.cells:
        print(f"{'kernel':16}{f'MB, {given.cells} cells':>15}{'10 MB out s':>16}{'characters':>14}")
        for name in given.kernels:
            memory, seconds, count = measure_long(name, given.cells)
            print(f"{name:16}{memory:15.0f}{seconds:16.2f}{count:14}")


if __name__ == "__main__":
    main()
