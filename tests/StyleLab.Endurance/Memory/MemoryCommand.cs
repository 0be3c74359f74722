using System.CommandLine;
using System.Globalization;
using StyleLab.Endurance.Interrupts;

namespace StyleLab.Endurance.Memory;

/// <summary>How much a kernel grows with the cells it has run.</summary>
internal sealed class MemoryCommand : Command
{
    private readonly Option<int> _cells = new("--cells") { Description = "Cells of each kind.", DefaultValueFactory = _ => 2000 };

    public MemoryCommand() : base("cells", "What each cell leaves in the memory of a kernel.")
    {
        Add(_cells);
        SetAction(call =>
        {
            Console.WriteLine("| cell | first, MB | after half, MB | at the end, MB | a cell, MB |");
            Console.WriteLine("|---|---|---|---|---|");
            foreach (var (name, code) in Lines)
            {
                var (first, half, end) = Grow(code, call.GetValue(_cells));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {name} | {first:0} | {half:0} | {end:0} | {(end - first) / call.GetValue(_cells):0.000} |"));
            }
        });
    }

    private static IReadOnlyList<(string Name, Func<int, string> Code)> Lines { get; } =
    [
        ("1+1", _ => "1+1"),
        ("printing", i => $"Console.WriteLine({i});"),
        ("a lambda", i => $"Enumerable.Range(0, {i}).Count(n => n % 2 == 0)"),
        ("a variable", i => $"var x{i} = {i};"),
        ("these four in turns", i => Lines![i % 4].Code(i)),
    ];

    /// <summary>Runs cells in a new kernel.</summary>
    /// <param name="code">The text of the cell of each number.</param>
    /// <param name="cells">How many.</param>
    /// <returns>Resident MB after the first, after half of them, and after all, each time at rest.</returns>
    public static (double First, double Half, double End) Grow(Func<int, string> code, int cells)
    {
        using var kernel = new KernelProcess();
        double first = 0, half = 0;
        for (int i = 0; i < cells; i++)
        {
            if ((string?)kernel.Client.Run(code(i)).Reply["status"] != "ok")
                throw new InvalidOperationException($"The cell failed: {code(i)}");
            if (i == 0)
                first = kernel.Memory;
            if (i == cells / 2)
                half = AtRest();
        }

        return (first, half, AtRest());

        // A kernel that has nothing to do gives memory back after two seconds.
        double AtRest()
        {
            Thread.Sleep(4000);
            return kernel.Memory;
        }
    }
}
