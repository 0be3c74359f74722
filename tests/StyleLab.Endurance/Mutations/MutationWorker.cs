using System.CommandLine;
using System.Globalization;
using StyleLab.Jupyter;
using StyleLab.Notebooks;

namespace StyleLab.Endurance.Mutations;

/// <summary>The process that reads mutated inputs: it may die of them. Takes lines "reader seed first last" and answers each with "done".</summary>
internal sealed class MutationWorker : Command
{
    // What the thread pool has; the main thread would forgive five times as deep a recursion.
    private const int StackBytes = 1536 * 1024;

    private readonly Argument<string> _counts = new("COUNTS");
    private readonly Argument<string> _failures = new("FAILURES");

    public MutationWorker() : base("mutate-worker", "Used by mutate.")
    {
        Hidden = true;
        Add(_counts);
        Add(_failures);
        SetAction(call =>
        {
            var thread = new Thread(() => Run(call.GetRequiredValue(_counts), call.GetRequiredValue(_failures)), StackBytes);
            thread.Start();
            thread.Join();
        });
    }

    /// <summary>Reads one input.</summary>
    public static (Outcome Outcome, Exception? Error) Try(Reader reader, byte[] input)
    {
        try
        {
            reader.Read(input);
            return (Outcome.Read, null);
        }
        catch (Exception error)
        {
            return (IsOurs(error) ? Outcome.Refused : Outcome.Foreign, error);
        }
    }

    /// <summary>Where a failing input is kept.</summary>
    public static string FileOf(string failures, Reader reader, int seed, long round) =>
        Path.Combine(failures, string.Create(CultureInfo.InvariantCulture, $"{reader.Name}-{seed}-{round}"));

    // The command shows these as they are; the last one says how much memory was needed.
    private static bool IsOurs(Exception error) => error is StyleLabException or NotebookException or KernelException or InsufficientMemoryException
        && error.Message.Length > 0 && !error.Message.Contains("   at ", StringComparison.Ordinal);

    private static void Run(string countsFile, string failures)
    {
        using var counts = new MutationCounts(countsFile);
        while (Console.In.ReadLine()?.Split(' ') is [var name, var seedText, var first, var last])
        {
            var reader = Readers.Of(name);
            int seed = int.Parse(seedText, CultureInfo.InvariantCulture);
            long end = long.Parse(last, CultureInfo.InvariantCulture);
            for (long round = long.Parse(first, CultureInfo.InvariantCulture); round < end; round++)
            {
                byte[] input = Mutation.InputOf(reader, seed, (int)round);
                counts.Round = round;
                var (outcome, error) = Try(reader, input);
                counts[outcome]++;
                if (outcome == Outcome.Foreign)
                {
                    string file = FileOf(failures, reader, seed, round);
                    File.WriteAllBytes(file, input);
                    File.WriteAllText(file + ".txt", error!.ToString());
                }
            }
            counts.Round = -1;
            Console.Out.WriteLine("done");
            Console.Out.Flush();
        }
    }
}
