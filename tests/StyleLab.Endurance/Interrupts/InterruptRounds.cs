using System.Net.Sockets;

namespace StyleLab.Endurance.Interrupts;

/// <summary>Many presses, shared among a few kernels.</summary>
internal static class InterruptRounds
{
    // Cells stay in memory, so a kernel that lived for all of them would only measure that.
    private const int PressesOfAKernel = 120;
    private const int MostStarts = 3;
    private static readonly TimeSpan LatestPress = TimeSpan.FromMilliseconds(250);

    public static InterruptTable Run(IReadOnlyList<BusyCell> kinds, int rounds, int seed, int kernels, TextWriter progress)
    {
        var table = new InterruptTable(kinds, seed);
        var waiting = new Queue<(BusyCell Kind, TimeSpan After)>();
        var random = new Random(seed);
        for (int round = 0; round < rounds; round++)
        {
            foreach (var kind in kinds)
                waiting.Enqueue((kind, random.NextDouble() * LatestPress));
        }

        var threads = Enumerable.Range(0, kernels).Select(_ => new Thread(Work)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return table;

        void Work()
        {
            KernelProcess? kernel = null;
            var prepared = new HashSet<string>();
            int presses = 0;
            while (Next() is var (kind, after))
            {
                if (kernel == null)
                {
                    (kernel, presses) = (Start(), 0);
                    prepared.Clear();
                }

                if (kind.Before.Length > 0 && prepared.Add(kind.Before))
                {
                    var reply = kernel.Client.Run(kind.Before).Reply;
                    if ((string?)reply["status"] != "ok")
                        throw new InvalidOperationException($"{kind.Name}: {reply["evalue"]}");
                }

                var press = Press.Run(kernel, kind, ++presses, after);
                lock (table)
                {
                    table.Add(kind, press);
                    if (press.Note != null)
                        progress.WriteLine($"{kind.Name}: {press.Outcome}: {press.Note}");
                }

                if (press.Outcome == Outcome.Died || presses == PressesOfAKernel)
                {
                    if (press.Outcome != Outcome.Died)
                        NoteUnchecked(kernel);
                    kernel.Dispose();
                    kernel = null;
                }
            }

            if (kernel != null)
                NoteUnchecked(kernel);
            kernel?.Dispose();
        }

        // On a machine that is busy with other things the first cell may take longer than the client waits.
        KernelProcess Start()
        {
            for (int tries = 1; ; tries++)
            {
                var kernel = new KernelProcess();
                try
                {
                    kernel.Client.Run("var earlier = \"here\";");
                    return kernel;
                }
                catch (SocketException) when (tries < MostStarts)
                {
                    lock (table)
                        progress.WriteLine("A kernel did not answer its first cell in time; another one is started.");
                    kernel.Dispose();
                }
            }
        }

        (BusyCell Kind, TimeSpan After)? Next()
        {
            lock (waiting)
                return waiting.TryDequeue(out var next) ? next : null;
        }

        void NoteUnchecked(KernelProcess kernel)
        {
            int cells = kernel.UncheckedCells();
            lock (table)
                table.UncheckedCells += cells;
        }
    }
}
