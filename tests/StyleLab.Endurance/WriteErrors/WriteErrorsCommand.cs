using System.CommandLine;
using StyleLab.Endurance.Writers;

namespace StyleLab.Endurance.WriteErrors;

/// <summary>Has the writes of processes fail.</summary>
internal sealed class WriteErrorsCommand : Command
{
    private static readonly string[] s_longWriters = ["run", "transfer", "sweep", "fetch", "history"];

    private readonly Option<int?> _limits = new("--limits")
    {
        Description = "Only so many limits of the size of files for each writer, which needs no strace, instead of an error at every write.",
    };
    private readonly Option<string[]> _writers = new("--writer") { Description = "Only this writer; can be given several times.", DefaultValueFactory = _ => s_longWriters };
    private readonly Option<int> _seed = new("--seed") { Description = "Chooses the limits.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _jobs = new("--jobs") { Description = "Writers at the same time.", DefaultValueFactory = _ => 1 };

    public WriteErrorsCommand() : base("write-errors", "Have every write fail in turn (strace --inject): nothing that was there may be damaged or lost.")
    {
        foreach (Option option in new Option[] { _limits, _writers, _seed, _jobs })
            Add(option);
        SetAction(call =>
        {
            var writers = Writer.Named(call.GetRequiredValue(_writers));
            var table = call.GetValue(_limits) is { } limits
                ? WriteErrorRounds.RunLimited(writers, limits, call.GetValue(_seed), call.GetValue(_jobs), Console.Error)
                : WriteErrorRounds.RunTraced(writers, call.GetValue(_jobs), Console.Error);
            Console.WriteLine(table);
            return table.Problems.Count == 0 ? 0 : 1;
        });
    }
}
