using System.CommandLine;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;

namespace StyleLab.Cli.Verbs;

/// <summary>Style transfer over and over from the shell: one picture a round.</summary>
internal sealed class DriftCommand : Verb
{
    private readonly Argument<string> _picture = new("PICTURE") { Description = "Picture that the drift begins with (PNG or JPEG)." };

    private readonly Argument<string[]> _styles = new("STYLE")
    {
        Description = "Picture that says how it is painted; several take turns.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Folder for round-01.png, round-02.png … and sheet.png, which shows all.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "drift",
    };

    private readonly Option<int> _rounds = NumberOption.Whole("--rounds", "Transfers in all.", 6, smallest: 1);
    private readonly Option<int> _size = NumberOption.Whole("--size", "Long side of the pictures in pixels.", 256, smallest: 1);
    private readonly Option<int> _steps = NumberOption.Whole("--steps", "Optimizer steps of each round.", 100, smallest: 0);
    private readonly Option<double> _contentWeight = NumberOption.Weight("--content-weight", "More holds on longer to the round before.", Experiments.ContentWeight);
    private readonly Option<bool> _roundTo8Bit = new("--8-bit") { Description = "Round to 256 levels between rounds, as saving and loading would." };
    private readonly Option<string> _network = PictureOption.Network();

    public DriftCommand() : base("drift", "Paint the PICTURE in the style of each STYLE in turn, again and again.")
    {
        Add(_picture);
        Add(_styles);
        foreach (Option option in new Option[] { _output, _rounds, _size, _steps, _contentWeight, _roundTo8Bit, _network })
            Add(option);
        SetAction((call, _) => RunAsync(call));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab drift photo.jpg waves.png mosaic.png --rounds 8 -o drift",
        "stylelab drift photo.jpg painting.jpg --rounds 20 --content-weight 0.03",
    ];

    private async Task<int> RunAsync(ParseResult call)
    {
        var network = Inputs.Network(call.GetRequiredValue(_network));
        int size = call.GetValue(_size);
        var picture = Inputs.Picture(call.GetRequiredValue(_picture), size);
        var styles = call.GetRequiredValue(_styles).Select(path => Inputs.Picture(path, size)).ToList();
        string folder = call.GetRequiredValue(_output);
        OutputFile.RequireFolder(folder);

        // Kept beside the pictures, so that the same call goes on where it was stopped.
        var run = Experiments.StyleDrift(network, picture, styles, call.GetValue(_rounds), Optimizer.Lbfgs(call.GetValue(_steps)),
            call.GetValue(_contentWeight), call.GetValue(_roundTo8Bit), Path.Combine(folder, ".stylelab"));
        var result = await SynthesisProgress.RunAsync(run);

        foreach (var warning in result.Warnings)
            Console.Error.WriteLine("Warning: " + warning);
        foreach (var round in result.Rounds)
            round.Picture.Save(Path.Combine(folder, $"round-{round.Index:00}.png"));
        string sheet = Path.Combine(folder, "sheet.png");
        result.ContactSheet().Save(sheet);
        Console.WriteLine($"{sheet} · {result.Rounds.Count} rounds");
        if (!result.Interrupted)
            return ExitCode.Done;
        Console.Error.WriteLine($"Interrupted after round {result.Rounds.Count} of {call.GetValue(_rounds)}: the same call goes on from there.");
        return ExitCode.Failed;
    }
}
