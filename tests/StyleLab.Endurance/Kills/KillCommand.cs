using System.CommandLine;
using StyleLab.Endurance.Writers;

namespace StyleLab.Endurance.Kills;

/// <summary>Ends processes that write, at random moments.</summary>
internal sealed class KillCommand : Command
{
    private readonly Option<int> _kills = new("--kills") { Description = "Kills of each writer.", DefaultValueFactory = _ => 5 };
    private readonly Option<string[]> _writers = new("--writer") { Description = "Only this writer; can be given several times.", DefaultValueFactory = _ => [] };
    private readonly Option<int> _seed = new("--seed") { Description = "Chooses the moments.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _jobs = new("--jobs") { Description = "Writers at the same time.", DefaultValueFactory = _ => 1 };

    public KillCommand() : base("kill", "Kill writers at random moments and at their writes: nothing may be damaged or lost, and the same call goes on.")
    {
        foreach (Option option in new Option[] { _kills, _writers, _seed, _jobs })
            Add(option);
        SetAction(call =>
        {
            var table = KillRounds.Run(Writer.Named(call.GetRequiredValue(_writers)), call.GetValue(_kills), call.GetValue(_seed), call.GetValue(_jobs), Console.Error);
            Console.WriteLine(table);
            return table.Problems.Count == 0 ? 0 : 1;
        });
    }
}
