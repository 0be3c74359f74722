using StyleLab.Cli.Runs;
using System.CommandLine;

namespace StyleLab.Endurance.Mutations;

/// <summary>Gives mutated files to everything that reads files.</summary>
internal sealed class MutateCommand : Command
{
    private readonly Option<int> _rounds = new("--rounds") { Description = "Inputs for each reader.", DefaultValueFactory = _ => 1000 };
    private readonly Option<int> _seed = new("--seed") { Description = "Chooses the inputs.", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> _only = new("--only") { Description = "Only this reader; can be given several times." };
    private readonly Option<string> _failures = new("--failures") { Description = "Folder for inputs that fail.", DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "stylelab-mutations") };
    private readonly Option<string?> _replay = new("--replay") { Description = "Read this file alone, here, with the reader of --only." };

    public MutateCommand() : base("mutate", "Mutate valid files: read, refused with a sentence, or not well.")
    {
        foreach (Option option in new Option[] { _rounds, _seed, _only, _failures, _replay })
            Add(option);
        SetAction(call =>
        {
            string[] names = call.GetValue(_only) is { Length: > 0 } only ? only : [.. Readers.Names];
            if (names.FirstOrDefault(name => !Readers.Names.Contains(name)) is { } unknown)
            {
                Console.Error.WriteLine($"There is no reader '{unknown}'; there are: {string.Join(", ", Readers.Names)}.");
                return 2;
            }

            if (call.GetValue(_replay) is { } file)
            {
                var (outcome, error) = MutationWorker.Try(Readers.Of(names[0]), File.ReadAllBytes(file));
                Console.WriteLine($"{outcome}: {error}");
                return outcome == Outcome.Foreign ? 1 : 0;
            }

            var table = MutationRounds.Run([.. names.Select(Readers.Of)], call.GetValue(_rounds), call.GetValue(_seed), call.GetRequiredValue(_failures), Console.Error);
            Console.WriteLine(table);
            return table.AllWell ? 0 : 1;
        });
    }
}
