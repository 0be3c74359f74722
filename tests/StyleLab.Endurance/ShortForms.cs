using StyleLab.Endurance.Interrupts;

namespace StyleLab.Endurance;

/// <summary>What the program does for hours, once for each kind.</summary>
public sealed class ShortForms
{
    [Fact]
    public void Every_kind_of_cell_is_stopped_or_says_why_not()
    {
        var log = new StringWriter();
        var table = InterruptRounds.Run(BusyCell.All, rounds: 1, seed: Environment.TickCount, kernels: 2, log);
        Assert.True(table.AllWell, $"{table}\n{log}");
    }
}
