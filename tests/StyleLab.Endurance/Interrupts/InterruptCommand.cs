using System.CommandLine;

namespace StyleLab.Endurance.Interrupts;

/// <summary>Presses the stop button of real kernels while they are busy.</summary>
internal sealed class InterruptCommand : Command
{
    private readonly Option<int> _rounds = new("--rounds") { Description = "Presses for each kind of cell.", DefaultValueFactory = _ => 2 };
    private readonly Option<string[]> _kinds = new("--kind") { Description = "Only this kind of cell; can be given several times." };
    private readonly Option<int> _seed = new("--seed") { Description = "Chooses the moments of the presses.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _kernels = new("--kernels") { Description = "Kernels at the same time.", DefaultValueFactory = _ => 1 };

    public InterruptCommand() : base("interrupt", "Press stop at random moments of busy cells: stopped, told or died.")
    {
        foreach (Option option in new Option[] { _rounds, _kinds, _seed, _kernels })
            Add(option);
        SetAction(call =>
        {
            var kinds = BusyCell.All;
            if (call.GetValue(_kinds) is { Length: > 0 } chosen)
            {
                if (chosen.FirstOrDefault(name => kinds.All(kind => kind.Name != name)) is { } unknown)
                {
                    Console.Error.WriteLine($"There is no kind '{unknown}'; there are: {string.Join(", ", kinds.Select(kind => kind.Name))}.");
                    return 2;
                }

                kinds = [.. kinds.Where(kind => chosen.Contains(kind.Name))];
            }

            var table = InterruptRounds.Run(kinds, call.GetValue(_rounds), call.GetValue(_seed), call.GetValue(_kernels), Console.Error);
            Console.WriteLine(table);
            return table.AllWell ? 0 : 1;
        });
    }
}
