using System.Reflection;
using System.Runtime.CompilerServices;
using StyleLab.Endurance.Connects;
using StyleLab.Endurance.Interrupts;
using StyleLab.Endurance.Kills;
using StyleLab.Endurance.Memory;
using StyleLab.Endurance.Mutations;
using StyleLab.Endurance.WriteErrors;
using StyleLab.Endurance.Writers;
using StyleLab.Jupyter.Tests.RealClients;
using StyleLab.Notebooks;

namespace StyleLab.Endurance;

/// <summary>What the program does for hours, once for each kind; for minutes where rows are explicit, which `.ci/run --long` runs.</summary>
public sealed class ShortForms
{
    private static string Notebooks { get; } = Path.Combine(Repository.Folder, "notebooks");

    public static TheoryData<string> NotebookNames => [.. Directory.GetFiles(Notebooks, "*.ipynb").Select(file => Path.GetFileName(file))];

    public static TheoryData<string> ReaderNames => [.. Readers.Names];

    [Theory]
    [InlineData(1)]
    [InlineData(6, Explicit = true)]
    public void Every_kind_of_cell_is_stopped_or_says_why_not(int rounds)
    {
        var log = new StringWriter();
        var table = InterruptRounds.Run(BusyCell.All, rounds, seed: Environment.TickCount, kernels: 2, log);
        Assert.True(table.AllWell, $"{table}\n{log}");
    }

    [Theory]
    [InlineData(60)]
    [InlineData(3000, Explicit = true)]
    public void Every_reader_reads_mutated_files_or_refuses_them_with_a_sentence(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("stylelab-mutations-");
        var log = new StringWriter();
        var table = MutationRounds.Run([.. Readers.Names.Select(Readers.Of)], rounds, seed: Environment.TickCount, folder.FullName, log);
        string failures = string.Join('\n', folder.GetFiles("*.txt").Select(file => File.ReadAllText(file.FullName)));
        Assert.True(table.AllWell, $"{table}\n{log}\n{failures}");
        folder.Delete(recursive: true);
    }

    /// <summary>What is mutated is valid: otherwise only the first check of a reader would be tested.</summary>
    [Theory]
    [MemberData(nameof(ReaderNames))]
    public void Every_reader_reads_what_is_not_mutated(string name)
    {
        var reader = Readers.Of(name);
        var refused = reader.Samples.Select(sample => MutationWorker.Try(reader, sample).Error?.Message).OfType<string>().ToList();
        // Of the files that PyTorch and NumPy wrote some hold what is not read: complex numbers, objects.
        Assert.True(refused.Count == 0 || (refused.Count < reader.Samples.Count && name is "pytorch" or "numpy" or "safetensors" or "jpeg"), string.Join('\n', refused));
    }

    /// <summary>Some writers in the short form, all of them in the long one.</summary>
    [Theory]
    [InlineData(2, "transfer", "sweep", "run", "fetch", "history")]
    [InlineData(3, Explicit = true)]
    public void Killed_writers_leave_nothing_damaged_and_go_on(int kills, params string[] names)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var log = new StringWriter();
        var table = KillRounds.Run(Writer.Named(names), kills, seed: Environment.TickCount, jobs: 2, log);
        Assert.True(table.Problems.Count == 0, $"{table}\n{log}");
        Assert.True(table.Total(KillRounds.Kills) >= 5, table.ToString());
    }

    [Theory]
    [InlineData(1, "transfer", "sweep", "run", "fetch", "history")]
    [InlineData(3, Explicit = true)]
    public void Writers_that_cannot_write_lose_nothing_that_was_there(int errors, params string[] names)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var log = new StringWriter();
        var table = WriteErrorRounds.RunLimited(Writer.Named(names), errors, seed: Environment.TickCount, jobs: 2, log);
        Assert.True(table.Problems.Count == 0, $"{table}\n{log}");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(60, Explicit = true)]
    public void Whoever_connects_in_whatever_way_the_kernel_serves_its_clients(int rounds)
    {
        var log = new StringWriter();
        var table = ConnectRounds.Run(rounds, seed: Environment.TickCount, log);
        Assert.True(table.AllWell, $"{table}\n{log}");
    }

    /// <summary>Whatever the first cells take: those that follow leave next to nothing behind.</summary>
    [Theory]
    [InlineData(400)]
    [InlineData(2000, Explicit = true)]
    public void A_cell_that_declares_nothing_leaves_little_in_memory(int cells)
    {
        var (_, half, end) = MemoryCommand.Grow(i => i % 2 == 0 ? "1+1" : $"Console.WriteLine({i});", cells);
        Assert.InRange((end - half) / (cells / 2), double.NegativeInfinity, 0.05);
    }

    /// <summary>Checks are in every cell of our notebooks, and the runtime accepts what became of its methods.</summary>
    [Theory]
    [MemberData(nameof(NotebookNames))]
    public void Every_cell_of_a_notebook_has_its_checks(string name)
    {
        int failures = StopChecks.Failures;
        var script = new Script(Notebooks, new ScriptReferences(Notebooks));
        foreach (var cell in Notebook.Load(Path.Combine(Notebooks, name)).Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            foreach (var part in CellParser.Parse(cell.Source, Language.CSharp).OfType<CodePart>().Where(part => part.Language == Language.CSharp))
            {
                var compiled = script.Compile(part.Text, 1, name, TestContext.Current.CancellationToken);
                script.Append(compiled, ranToEnd: true);
                foreach (var method in compiled.EntryPoint.Method.Module.GetTypes().SelectMany(Methods))
                    RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
        }

        Assert.Equal(failures, StopChecks.Failures);
    }

    private static IEnumerable<MethodBase> Methods(Type type)
    {
        const BindingFlags All = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        return type.ContainsGenericParameters
            ? []
            : type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
                .Where(method => method.GetMethodBody() != null && !method.ContainsGenericParameters);
    }
}
