using System.CommandLine;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;
using StyleLab.Cli.Runs;

namespace StyleLab.Cli.Verbs;

/// <summary>Style transfer over and over from the shell: one picture a round.</summary>
internal sealed class DriftCommand : ComputingVerb
{
    private const string Sheet = "sheet.png";

    private readonly Argument<string> _picture = new("PICTURE") { Description = "Picture that the drift begins with (PNG, JPEG, WebP, GIF or BMP)." };

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
    private readonly Option<bool> _roundTo8Bit = new("--8-bit") { Description = "Round to 256 levels between rounds, as saving and loading would." };
    private readonly TransferOptions _options = new(new TransferSettings { Steps = 100, TotalVariation = Experiments.TotalVariationWeight });

    public DriftCommand() : base("drift", "Paint the PICTURE in the style of each STYLE in turn, again and again.",
        "Interrupted before the first round was finished: nothing was written.")
    {
        Add(_picture);
        Add(_styles);
        foreach (Option option in new Option[] { _output, _rounds, _roundTo8Bit })
            Add(option);
        _options.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab drift photo.jpg waves.png mosaic.png --rounds 8 -o drift",
        "stylelab drift photo.jpg painting.jpg --rounds 20 --content-weight 0.03",
    ];

    protected override async Task<int> RunAsync(ParseResult call, Interruption interruption)
    {
        string folder = call.GetRequiredValue(_output);
        var run = await interruption.UnlessAskedAsync(() => Prepare(call, folder));
        var result = await SynthesisProgress.RunAsync(run, interruption);

        foreach (var warning in result.Warnings)
            Console.Error.WriteLine("Warning: " + warning);
        bool isInPlace = true;
        void Save(string name, Action<string> save) => isInPlace &= Rescue.Save(Path.Combine(folder, name), save) == Path.Combine(folder, name);
        foreach (var round in result.Rounds)
            Save($"round-{round.Index:00}.png", round.Picture.Save);
        Save(Sheet, result.ContactSheet().Save);
        string sheet = Path.Combine(folder, Sheet);
        Console.WriteLine($"{sheet} · {result.Rounds.Count} rounds");
        if (!result.Interrupted)
            return !isInPlace || result.Rounds.Any(round => round.Result.Diverged) ? ExitCode.Failed : ExitCode.Done;
        Console.Error.WriteLine($"Interrupted after round {result.Rounds.Count} of {call.GetValue(_rounds)}: the same call goes on from there.");
        return ExitCode.Failed;
    }

    private DriftRun Prepare(ParseResult call, string folder)
    {
        var settings = _options.Read(call) with { Styles = call.GetRequiredValue(_styles) };
        var picture = Inputs.Picture(call.GetRequiredValue(_picture), settings.LongSide);
        int styleSide = Experiments.StyleLongSide(picture, settings.StyleScale);
        var styles = settings.Styles.Select(path => Inputs.Picture(path, styleSide)).ToList();
        Synthesis Transfer(Picture content, Picture style) => settings.Only(styles.IndexOf(style)).Synthesize(content, (_, _) => style);
        // Said before the first round, and before there is a folder.
        _ = Transfer(picture, styles[0]);
        OutputFile.RequireFolder(folder, Sheet);

        // Kept beside the pictures, so that the same call goes on where it was stopped.
        return Experiments.StyleDrift(picture, styles, call.GetValue(_rounds), Transfer, call.GetValue(_roundTo8Bit), Path.Combine(folder, ".stylelab"));
    }
}
