using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;

namespace StyleLab.Cli.Verbs;

/// <summary>The same style transfer with some settings varied: every value of one with every value of the others.</summary>
internal sealed class SweepCommand : Verb
{
    private readonly Argument<string> _content = new("CONTENT") { Description = "Picture that says what is shown (PNG or JPEG)." };

    private readonly Argument<string[]> _styles = new("STYLE")
    {
        Description = "Picture that says how it is painted; several are tried one after the other.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _networks = ListOption.Words(
        "--network", "Loss networks, as in `stylelab transfer`.", "NAME|FILE…", LossNetwork.Names[0]);

    private readonly Option<string[]> _poolings = ListOption.Choices("--pooling", "What the network's pooling layers keep.", "average", "max");

    private readonly Option<string[]> _contentLayers = ListOption.Words(
        "--content-layers", "Layers that say what is shown.", "LAYERS…", Loss.DefaultContentLayers);

    private readonly Option<string[]> _styleLayers = ListOption.Words(
        "--style-layers", "Layers that say how it is painted.", "LAYERS…", Loss.DefaultStyleLayers);

    private readonly Option<double[]> _contentWeights = ListOption.Weights(
        "--content-weight", "More keeps more of what is shown.", Experiments.ContentWeight);

    private readonly Option<double[]> _styleWeights = ListOption.Weights(
        "--style-weight", "More paints more like the style.", Experiments.StyleWeight);

    private readonly Option<double[]> _totalVariations = ListOption.Weights(
        "--tv", "Weights of the total variation: more is smoother.", Experiments.TotalVariationWeight);

    private readonly Option<string[]> _starts = ListOption.Choices("--start", "What the run starts from.", "content", "noise", "blurred");

    private readonly Option<long[]> _seeds = ListOption.Whole(
        "--seed", "Numbers that noise is made from; given alone they mean --start noise.", 1L);

    private readonly Option<string[]> _optimizers = ListOption.Choices("--optimizer", "What changes the picture.", "lbfgs", "adam");

    private readonly Option<int[]> _steps = ListOption.Whole("--steps", "Optimizer steps over all sizes.", 300);
    private readonly Option<int> _size = NumberOption.Whole("--size", "Long side of the pictures in pixels.", 256, smallest: 1);
    private readonly Option<bool> _keepColors = new("--keep-colors") { Description = "Give the results the colours of the content picture." };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Folder for the pictures and sheet.png, which shows all.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "sweep",
    };

    public SweepCommand() : base("sweep",
        "Paint the CONTENT picture with every combination of the settings given: several values after an option are tried one after the other.")
    {
        Add(_content);
        Add(_styles);
        foreach (Option option in new Option[]
        {
            _output, _contentWeights, _styleWeights, _totalVariations, _contentLayers, _styleLayers, _starts, _seeds, _networks, _poolings,
            _optimizers, _steps, _size, _keepColors,
        })
            Add(option);
        SetAction((call, _) => RunAsync(call));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab sweep photo.jpg painting.jpg --content-weight 0.01 0.1 1 --seed 1 2 3 -o sweep",
        "stylelab sweep photo.jpg waves.png mosaic.png --content-layers relu2_2 relu4_2 --size 128",
        "stylelab sweep photo.jpg painting.jpg --network vgg19-slim vgg19 --pooling average max",
    ];

    private async Task<int> RunAsync(ParseResult call)
    {
        string folder = call.GetRequiredValue(_output);
        var sweep = SweepOf(call);
        OutputFile.RequireFolder(folder);

        // Kept beside the pictures, so that the same call goes on where it was stopped.
        var result = await SynthesisProgress.RunAsync(sweep.Run(Path.Combine(folder, ".stylelab")));

        foreach (var warning in result.Warnings)
            Console.Error.WriteLine("Warning: " + warning);
        foreach (var cell in result)
            if (cell.Picture is { } picture)
                picture.Save(Path.Combine(folder, FileName(cell, sweep)));
            else
                Console.Error.WriteLine($"{string.Join(", ", Words(cell, sweep))} failed: {cell.Error}");
        string sheet = Path.Combine(folder, "sheet.png");
        result.ContactSheet().Save(sheet);
        int kept = result.Count(cell => cell.FromCache);
        Console.WriteLine($"{sheet} · {result.Count} of {sweep.Count} pictures{(kept > 0 ? $", {kept} of them kept from before" : "")}");
        if (result.Interrupted)
            Console.Error.WriteLine($"Interrupted after {result.Count} of {sweep.Count} pictures: the same call goes on from there.");
        return result.Interrupted || result.Any(cell => cell.Picture is null) ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>The sweep that the call describes. Everything that can be wrong with the call is found here.</summary>
    private Sweep SweepOf(ParseResult call)
    {
        var settings = SettingsOf(call);
        // In the order of the call: it decides what goes down and what across.
        var order = call.CommandResult.Children.Select(child => (child as OptionResult)?.Option ?? (Symbol)((ArgumentResult)child).Argument).ToList();
        var varied = settings.Where(setting => setting.Count > 1)
            .OrderBy(setting => order.FindIndex(symbol => setting.Symbols.Contains(symbol))).ToList();
        if (varied.Count == 0)
            throw new WrongCallException("Nothing is varied: give several values after an option, such as --seed 1 2 3, or several STYLE pictures.");

        var content = Inputs.Picture(call.GetRequiredValue(_content), call.GetValue(_size));
        var recipe = Experiments.StyleTransfer(Inputs.Network(call.GetRequiredValue(_networks)[0]), content, [content]).Recipe;
        recipe = settings.Except(varied).Aggregate(
            recipe with { KeepColors = call.GetValue(_keepColors) }, (whole, setting) => setting.PutInto(whole));
        return varied.Aggregate(Sweep.Of(recipe), (sweep, setting) => setting.Vary(sweep));
    }

    private List<Setting> SettingsOf(ParseResult call)
    {
        T[] Given<T>(Option<T[]> option) => call.GetRequiredValue(option);
        var networks = Given(_networks).Select(name => Inputs.Network(name)).ToList();
        LayerPick[] Layers(Option<string[]> option) =>
            [.. Given(option).Select(text => networks.Select(network => Inputs.Layers(text, network)).Last())];
        var styles = call.GetRequiredValue(_styles).Select(path => Inputs.Picture(path, call.GetValue(_size))).ToList();
        // A seed is of use to noise only, so who gives one without a start means noise.
        bool seedOnly = call.GetResult(_seeds) is { Implicit: false } && call.GetResult(_starts) is not { Implicit: false };
        string[] starts = seedOnly ? ["noise"] : Given(_starts);
        var begins = starts.SelectMany<string, (string Name, Start Start)>(start => start switch
        {
            "noise" => Given(_seeds).Select(seed => (starts.Length > 1 ? $"noise {seed}" : $"{seed}", Start.Noise(seed))),
            "blurred" => [(start, Start.Blurred())],
            _ => [(start, Start.Content())],
        });
        return
        [
            Setting.Of([_styles], "style", styles, (recipe, style) =>
                recipe.Change<StyleLoss>(term => term with { Loss = ((StyleLoss)term.Loss) with { Picture = style } })),
            Setting.Of([_contentWeights], "content weight", Given(_contentWeights), (recipe, weight) =>
                recipe.Change<ContentLoss>(term => term with { Weight = weight })),
            Setting.Of([_styleWeights], "style weight", Given(_styleWeights), (recipe, weight) =>
                recipe.Change<StyleLoss>(term => term with { Weight = weight })),
            Setting.Of([_totalVariations], "total variation", Given(_totalVariations), (recipe, weight) =>
                recipe.Change<TotalVariationLoss>(term => term with { Weight = weight })),
            Setting.Of([_contentLayers], "content layers", Layers(_contentLayers), (recipe, layers) =>
                recipe.Change<ContentLoss>(term => term with { Loss = ((ContentLoss)term.Loss) with { Layers = layers } })),
            Setting.Of([_styleLayers], "style layers", Layers(_styleLayers), (recipe, layers) =>
                recipe.Change<StyleLoss>(term => term with { Loss = ((StyleLoss)term.Loss) with { Layers = layers } })),
            Setting.Of([_starts, _seeds], starts is ["noise"] ? "seed" : "start", [.. begins], (recipe, start) =>
                recipe with { Start = start.Start }, start => start.Name),
            Setting.Of([_networks], "network", networks, (recipe, network) =>
                recipe with { Network = network.Recipe with { Pooling = recipe.Network.Pooling } }, network => network.Name),
            Setting.Of([_poolings], "pooling", Given(_poolings), (recipe, pooling) =>
                recipe with { Network = recipe.Network with { Pooling = Enum.Parse<Pooling>(pooling, ignoreCase: true) } }),
            Setting.Of([_optimizers], "optimizer", Given(_optimizers), (recipe, name) => recipe with
            {
                Optimizer = name == "adam" ? Optimizer.Adam(recipe.Optimizer.Steps) : Optimizer.Lbfgs(recipe.Optimizer.Steps),
            }),
            Setting.Of([_steps], "steps", Given(_steps), (recipe, steps) => recipe with
            {
                Optimizer = recipe.Optimizer with { Steps = steps },
                Passes = Schedule.CoarseToFine(recipe.Passes[^1].Size, steps),
            }),
        ];
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
