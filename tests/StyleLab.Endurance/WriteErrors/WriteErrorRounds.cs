using StyleLab.Cli.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using StyleLab.Endurance.Writers;

namespace StyleLab.Endurance.WriteErrors;

/// <summary>Has each write of a writer fail in turn, looks at what is left, and has the same call go on when writing works again.</summary>
internal static partial class WriteErrorRounds
{
    public const string Errors = "errors", Failed = "calls that failed", Elsewhere = "results saved elsewhere", Resumed = "gone on from";

    // The least is less than a page of the smallest file, the largest more than most pictures here.
    private static readonly int[] s_kilobytes = [1, 4, 5, 8, 12, 20, 64, 600];

    // A full disk may have room again for the next write, or stay full.
    private static readonly (string Call, string Error, string[] Endings)[] s_failures =
        [("pwrite64", "ENOSPC", ["", "+"]), ("fsync", "EIO", [""]), ("rename", "EIO", [""]), ("ftruncate", "ENOSPC", [""])];

    /// <summary>With strace: every single write, and from every write on.</summary>
    public static WriterTable RunTraced(IReadOnlyList<Writer> writers, int jobs, TextWriter progress) =>
        Run(writers, jobs, seed: 0, progress, (prepared, _) => s_failures.SelectMany(failure => Enumerable.Range(1, MostCalls(prepared, failure.Call))
            .SelectMany(number => failure.Endings.Select(ending => $"{number}{ending}"))
            .Select(when => new Fault($"{failure.Call} {failure.Error} at {when}", Traced(failure.Call, $"inject={failure.Call}:error={failure.Error}:when={when}")))));

    /// <summary>Without strace: the user's limit of the size of files, which all files beyond it hit.</summary>
    public static WriterTable RunLimited(IReadOnlyList<Writer> writers, int errors, int seed, int jobs, TextWriter progress) =>
        Run(writers, jobs, seed, progress, (_, random) => s_kilobytes.OrderBy(_ => random.Next()).Take(errors).Select(size =>
            new Fault($"limit of {size} KB", ["bash", "-c", $"ulimit -f {size}; exec \"$0\" \"$@\""])));

    private static WriterTable Run(
        IReadOnlyList<Writer> writers, int jobs, int seed, TextWriter progress, Func<WriterCase, Random, IEnumerable<Fault>> faults)
    {
        var table = new WriterTable([Errors, Failed, Elsewhere, Resumed], seed);
        using var template = Workspace.Create();
        Parallel.ForEach(writers.Index(), new ParallelOptions { MaxDegreeOfParallelism = jobs }, item =>
        {
            using var prepared = new WriterCase(item.Item, template);
            foreach (var fault in faults(prepared, new Random(seed * 1000 + item.Index)))
                Round(prepared, fault, table);
            lock (progress)
                progress.WriteLine($"{item.Item.Name}: done");
        });
        return table;
    }

    private static void Round(WriterCase prepared, Fault fault, WriterTable table)
    {
        using var space = prepared.Before.Copy();
        var writer = prepared.Writer;
        table.Count(writer, Errors);
        var outcome = space.Run(prepared.Call("broken"), prepared.Mirror, fault.Around);
        if (outcome.ExitCode != 0)
            table.Count(writer, Failed);
        if (outcome.Error.Contains(" instead.", StringComparison.Ordinal))
            table.Count(writer, Elsewhere);
        string[] promised = writer.Name == "history" ? outcome.Output.Split('\n')[..^1] : [];
        string? problem = Manners(outcome) ?? prepared.Damage(space, promised) ?? (outcome.ExitCode == 0 ? prepared.Difference(space) : null);
        if (problem == null)
        {
            var again = space.Run(prepared.CallOn(space, "again"), prepared.Mirror);
            table.Count(writer, Resumed);
            problem = again.ExitCode != 0 ? $"the call after it ended with {again.ExitCode}: {again.Error}" : prepared.Difference(space) ?? prepared.Damage(space, promised);
        }

        table.Note(writer, problem == null ? null : $"{fault.Name}: {problem}");
    }

    /// <summary>What is wrong with how a call ended that could not write; null if nothing is.</summary>
    private static string? Manners(CallOutcome outcome) => outcome switch
    {
        { ExitCode: null } => "it did not end",
        { ExitCode: > 2 } => $"it died with {outcome.ExitCode}: {outcome.Error}",
        _ when outcome.Error.Contains("   at ", StringComparison.Ordinal) => $"it showed a trace: {outcome.Error}",
        { ExitCode: not 0, Error: "", Output: "" } => "it failed without a word",
        _ => SavedAs().Matches(outcome.Error).Select(match => match.Groups[1].Value).FirstOrDefault(file => !File.Exists(file)) is { } missing
            ? $"it said that {missing} was saved, and it is not there" : null,
    };

    /// <summary>How often the busiest thread makes a system call: strace counts for each thread.</summary>
    private static int MostCalls(WriterCase prepared, string call)
    {
        using var space = prepared.Before.Copy();
        string log = Path.Combine(space.Folder, "tmp", "trace.txt");
        space.Run(prepared.Call("counted"), prepared.Mirror, "strace", "-f", "-qq", "--seccomp-bpf", "-e", $"trace={call}", "-e", "signal=none", "-o", log);
        return File.ReadLines(log).Where(line => line.Contains($" {call}(", StringComparison.Ordinal))
            .GroupBy(line => int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)).Select(lines => lines.Count()).DefaultIfEmpty(0).Max();
    }

    private static string[] Traced(string call, string injection) =>
        ["strace", "-f", "-qq", "--seccomp-bpf", "-e", $"trace={call}", "-e", injection, "-e", "signal=none", "-o", "/dev/null"];

    [GeneratedRegex(@" saved as (\S+) instead\.")]
    private static partial Regex SavedAs();

    private sealed record Fault(string Name, string[] Around);
}
