using StyleLab.Cli.Parsing;
using System.Diagnostics;
using StyleLab.Endurance.Writers;

namespace StyleLab.Endurance.Kills;

/// <summary>Ends writers at random moments (SIGKILL), looks at what is left, and has the same call go on to the end.</summary>
internal static class KillRounds
{
    public const string Kills = "kills", AtWrites = "of them at a write", Resumed = "gone on from";

    // Rounds that are killed so often before one may go to its end.
    private const int MostKillsOfARound = 4;

    public static WriterTable Run(IReadOnlyList<Writer> writers, int kills, int seed, int jobs, TextWriter progress)
    {
        var table = new WriterTable([Kills, AtWrites, Resumed], seed);
        using var template = Workspace.Create();
        var clock = Stopwatch.StartNew();
        Parallel.ForEach(writers.Index(), new ParallelOptions { MaxDegreeOfParallelism = jobs }, item =>
        {
            using var prepared = new WriterCase(item.Item, template);
            var random = new Random(seed * 1000 + item.Index);
            for (int done = 0, rounds = 0; done < kills && rounds < 4 * kills; rounds++)
                done += Round(prepared, random, kills - done, table);
            lock (progress)
                progress.WriteLine($"{item.Item.Name}: done after {clock.Elapsed.TotalSeconds:0} s");
        });
        return table;
    }

    /// <returns>How many kills there were.</returns>
    private static int Round(WriterCase prepared, Random random, int most, WriterTable table)
    {
        using var space = prepared.Before.Copy();
        var writer = prepared.Writer;
        var promised = new List<string>();
        int kills = 0, wanted = Math.Min(most, random.Next(1, MostKillsOfARound + 1));
        for (int i = 0; i < wanted; i++)
        {
            bool atWrite = random.Next(2) == 0;
            bool killed = Kill(prepared, space, random, atWrite, $"round{i}", promised);
            if (killed)
            {
                kills++;
                table.Count(writer, Kills);
                if (atWrite)
                    table.Count(writer, AtWrites);
            }

            if (prepared.Damage(space, promised) is { } damage)
            {
                table.Note(writer, damage);
                return Math.Max(kills, 1);
            }
        }

        var last = space.Run(prepared.CallOn(space, "last"), prepared.Mirror);
        table.Count(writer, Resumed);
        table.Note(writer, last.ExitCode != 0 ? $"the call after kills ended with {last.ExitCode}: {last.Error}" : prepared.Difference(space) ?? prepared.Damage(space, promised));
        return kills;
    }

    /// <summary>False if the process had ended before.</summary>
    private static bool Kill(WriterCase prepared, Workspace space, Random random, bool atWrite, string token, List<string> promised)
    {
        using var seen = new CountdownEvent(random.Next(1, 30));
        using var watcher = new FileSystemWatcher(space.Folder) { IncludeSubdirectories = true, InternalBufferSize = 1 << 16 };
        if (atWrite)
        {
            watcher.Created += Signal;
            watcher.Changed += Signal;
            watcher.Renamed += Signal;
            watcher.Deleted += Signal;
            watcher.EnableRaisingEvents = true;
        }

        var (delay, pause) = (random.NextDouble() * 1.05 * prepared.Duration, random.Next(3000));
        using var process = space.Start(prepared.CallOn(space, token), prepared.Mirror);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (atWrite)
        {
            while (!seen.Wait(20) && !process.HasExited)
            {
            }

            // Somewhere between this write and the next.
            long end = Stopwatch.GetTimestamp() + pause * Stopwatch.Frequency / 1_000_000;
            while (Stopwatch.GetTimestamp() < end)
                Thread.SpinWait(20);
        }
        else
        {
            process.WaitForExit(delay);
        }

        process.Kill();
        process.WaitForExit();
        promised.AddRange(output.Result.Split('\n')[..^1].Where(_ => prepared.Writer.Name == "history"));
        _ = error.Result;
        return process.ExitCode == 137;

        void Signal(object sender, FileSystemEventArgs change)
        {
            if (!seen.IsSet)
                seen.Signal();
        }
    }
}
