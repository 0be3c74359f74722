using System.CommandLine;

namespace StyleLab.Endurance.Connects;

/// <summary>Connects to real kernels in every way but the right one.</summary>
internal sealed class ConnectCommand : Command
{
    private readonly Option<int> _rounds = new("--rounds") { Description = "Connections of each kind.", DefaultValueFactory = _ => 50 };
    private readonly Option<int> _seed = new("--seed") { Description = "Chooses what is sent.", DefaultValueFactory = _ => 1 };

    public ConnectCommand() : base("connect", "Garbage, half handshakes, wrong signatures, crowds, restarts, dead parents.")
    {
        Add(_rounds);
        Add(_seed);
        SetAction(call =>
        {
            var table = ConnectRounds.Run(call.GetValue(_rounds), call.GetValue(_seed), Console.Error);
            Console.WriteLine(table);
            return table.AllWell ? 0 : 1;
        });
    }
}
