using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;
using StyleLab.Cli.Runs;

namespace StyleLab.Cli.Verbs;

/// <summary>The same style transfer with some settings varied: every value of one with every value of the others.</summary>
internal sealed class SweepCommand : ComputingVerb
{
    private const string Sheet = "sheet.png", Numbers = "sweep.csv";

    private readonly Argument<string> _content = new("CONTENT") { Description = "Picture that says what is shown (PNG, JPEG, WebP, GIF or BMP)." };

    private readonly Argument<string[]> _styles = new("STYLE")
    {
        Description = "Picture that says how it is painted; several are tried one after the other.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly TransferOptions _options = new(new TransferSettings { TotalVariation = Experiments.TotalVariationWeight }, several: true);

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Folder for the pictures, sheet.png, which shows all, and sweep.csv, their numbers.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "sweep",
    };

    public SweepCommand() : base("sweep",
        "Paint the CONTENT picture with every combination of the settings given: several values after an option are tried one after the other.",
        "Interrupted before the first picture was finished: nothing was written.")
    {
        Add(_content);
        Add(_styles);
        Add(_output);
        _options.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab sweep photo.jpg painting.jpg --content-weight 0.01 0.1 1 --seed 1 2 3 -o sweep",
        "stylelab sweep photo.jpg waves.png mosaic.png --content-layers relu2_2 relu4_2 --size 128",
        "stylelab sweep photo.jpg painting.jpg --network vgg19-slim vgg19 --pooling average max",
    ];

    protected override async Task<int> RunAsync(ParseResult call, Interruption interruption)
    {
        string folder = call.GetRequiredValue(_output);
        var (sweep, run) = await interruption.UnlessAskedAsync(() =>
        {
            var sweep = SweepOf(call);
            OutputFile.RequireFolder(folder, Sheet, Numbers);
            // Kept beside the pictures, so that the same call goes on where it was stopped.
            return (sweep, sweep.Run(Path.Combine(folder, ".stylelab")));
        });
        var result = await SynthesisProgress.RunAsync(run, interruption);

        foreach (var warning in result.Warnings)
            Console.Error.WriteLine("Warning: " + warning);
        bool isInPlace = true;
        void Save(string name, Action<string> save) => isInPlace &= Rescue.Save(Path.Combine(folder, name), save) == Path.Combine(folder, name);
        foreach (var cell in result)
            if (cell.Picture is { } picture)
                Save(FileName(cell, sweep), picture.Save);
        foreach (string failure in result.Failures)
            Console.Error.WriteLine("Failed: " + failure);
        Save(Sheet, result.ContactSheet().Save);
        Save(Numbers, result.ToCsv);
        string sheet = Path.Combine(folder, Sheet);
        int kept = result.Count(cell => cell.FromCache);
        Console.WriteLine($"{sheet} · {result.Count} of {sweep.Count} pictures{(kept > 0 ? $", {kept} of them kept from before" : "")}");
        if (result.Interrupted)
            Console.Error.WriteLine($"Interrupted after {result.Count} of {sweep.Count} pictures: the same call goes on from there.");
        return !isInPlace || result.Interrupted || result.Any(cell => cell.Picture is null || cell.Result is { Diverged: true }) ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>The sweep that the call describes. Everything that can be wrong with the call is found here.</summary>
    private Sweep SweepOf(ParseResult call)
    {
        var given = _options.Given(call).Append(GivenSetting.Of<string>([_styles], "style", call.GetRequiredValue(_styles),
            (settings, style) => (TransferSettings)settings with { Styles = [style] }, style => Path.GetFileNameWithoutExtension(style))).ToList();
        // In the order of the call: it decides what goes down and what across.
        var order = call.CommandResult.Children.Select(child => (child as OptionResult)?.Option ?? (Symbol)((ArgumentResult)child).Argument).ToList();
        var varied = given.Where(setting => setting.Labels.Count > 1)
            .OrderBy(setting => order.FindIndex(symbol => setting.Symbols.Contains(symbol))).ToList();
        if (varied.Count == 0)
            throw new WrongCallException("Nothing is varied: give several values after an option, such as --seed 1 2 3, or several STYLE pictures.");

        var common = given.Except(varied).Aggregate(_options.Defaults, (settings, setting) => setting.Put(settings, 0));
        common = (TransferSettings)common with { Content = call.GetRequiredValue(_content) };
        var pictures = new Dictionary<(string, int), Picture>();
        Picture Load(string path, int size) => pictures.TryGetValue((path, size), out var picture) ? picture : pictures[(path, size)] = Inputs.Picture(path, size);
        return Sweep.Of([.. varied.Select(setting => setting.Axis)], places =>
            ((TransferSettings)varied.Zip(places).Aggregate(common, (settings, axis) => axis.First.Put(settings, axis.Second))).Synthesize(Load).Recipe);
    }

    /// <summary>For example 02_content-weight-0.1_seed-3.png.</summary>
    private static string FileName(SweepCell cell, Sweep sweep)
    {
        int digits = (int)Math.Log10(sweep.Count) + 1;
        string number = (cell.Index + 1).ToString($"D{digits}", CultureInfo.InvariantCulture);
        string name = string.Join('_', Words(cell, sweep).Prepend(number));
        return string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ',' or '#' ? c : '-')) + ".png";
    }

    private static IEnumerable<string> Words(SweepCell cell, Sweep sweep) => sweep.Axes.Zip(cell.Labels, (axis, label) => $"{axis.Name} {label}");
}
