using StyleLab.Cli.Runs;
using StyleLab.Cli.Parsing;
using System.Diagnostics;
using System.Globalization;

namespace StyleLab.Endurance.Mutations;

/// <summary>Hands rounds to a worker, and starts another one where it dies or hangs.</summary>
internal static class MutationRounds
{
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(5);

    // A read that waits for something takes no processor time; one on a busy machine gets little.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    // Beyond this a worker dies of an input, and that is counted.
    private const string HeapLimit = "0x60000000";

    /// <param name="readers">Whose inputs are mutated.</param>
    /// <param name="rounds">Inputs for each.</param>
    /// <param name="seed">Chooses them.</param>
    /// <param name="failures">The folder where failing inputs are kept.</param>
    /// <param name="progress">Hears of each failure.</param>
    public static MutationTable Run(IReadOnlyList<Reader> readers, int rounds, int seed, string failures, TextWriter progress)
    {
        Directory.CreateDirectory(failures);
        string countsFile = Path.GetTempFileName();
        var table = new MutationTable(seed);
        using (var counts = new MutationCounts(countsFile))
        {
            Process? worker = null;
            foreach (var reader in readers)
            {
                var row = table.RowOf(reader.Name);
                long first = 0;
                while (first < rounds)
                {
                    worker ??= Start(countsFile, failures);
                    counts.Clear();
                    worker.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reader.Name} {seed} {first} {rounds}"));
                    worker.StandardInput.Flush();
                    var end = Wait(worker, counts);
                    row.Add(counts, worker);
                    if (end == End.Done)
                        break;
                    long round = counts.Round;
                    row.Failed(hung: end == End.Hung);
                    string file = MutationWorker.FileOf(failures, reader, seed, round);
                    File.WriteAllBytes(file, Mutation.InputOf(reader, seed, (int)round));
                    progress.WriteLine($"{reader.Name}: round {round} {(end == End.Hung ? "hangs" : $"ended the process with {worker.ExitCode}")}: {file}");
                    worker.Dispose();
                    worker = null;
                    first = round + 1;
                }
                if (row.Foreign > 0)
                    progress.WriteLine($"{reader.Name}: {row.Foreign} foreign exceptions, beside their inputs in {failures}");
            }
            worker?.StandardInput.Close();
            worker?.WaitForExit();
            worker?.Dispose();
        }
        File.Delete(countsFile);
        return table;
    }

    private enum End
    {
        Done,
        Hung,
        Died,
    }

    private static Process Start(string counts, string failures)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(MutationRounds).Assembly.Location, "mutate-worker", counts, failures])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_gcServer"] = "0";
        // A death is what is looked for: no dump of it.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return Process.Start(start)!;
    }

    private static End Wait(Process worker, MutationCounts counts)
    {
        var answer = worker.StandardOutput.ReadLineAsync();
        long round = -1;
        var (since, processor) = (Stopwatch.StartNew(), worker.TotalProcessorTime);
        while (!answer.Wait(500))
        {
            worker.Refresh();
            if (worker.HasExited)
                continue;
            if (counts.Round != round || round < 0)
                (round, since, processor) = (counts.Round, Stopwatch.StartNew(), worker.TotalProcessorTime);
            else if (since.Elapsed > LongestRead && (worker.TotalProcessorTime - processor > LongestRead || since.Elapsed > LongestWait))
            {
                worker.Kill();
                worker.WaitForExit();
                return End.Hung;
            }
        }
        if (answer.Result == "done")
            return End.Done;
        worker.WaitForExit();
        return End.Died;
    }
}
