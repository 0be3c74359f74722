using System.CommandLine;
using System.Globalization;
using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Runs;

/// <summary>
/// The options of all verbs that make pictures: each has one name, one help text and one place where it changes the settings of a run.
/// In a sweep each takes several values, which are tried one after the other.
/// </summary>
internal class RunOptions
{
    private readonly List<(Option Option, Func<ParseResult, GivenSetting?> Given)> _all = [];
    private readonly bool _several;
    private readonly ValueOption<int> _size;
    private readonly ValueOption<string> _start, _colorsOf;
    private readonly ValueOption<long> _seed;

    /// <param name="defaults">What holds for options that are not given.</param>
    /// <param name="several">True to let each take several values.</param>
    /// <param name="hasStart">False if the verb says itself what the run starts from.</param>
    /// <param name="sizeMeans">What --size is; null if the verb says itself how large the result is.</param>
    public RunOptions(RunSettings defaults, bool several = false, bool hasStart = true, string? sizeMeans = "Long side of the result in pixels.")
    {
        (Defaults, _several) = (defaults, several);
        _size = new("--size", sizeMeans ?? "", ValueKind.Whole(1), several) { Standard = defaults.Size };
        bool hasContent = defaults is TransferSettings;
        _start = new("--start", hasContent
                ? "What the run starts from: noise, the content picture, the content picture blurred, or another picture."
                : "What the run starts from: noise, or a picture.",
            ValueKind.Word(hasContent ? "noise|content|blurred|FILE" : "noise|FILE"), several) { Standard = defaults.StartName };
        _seed = new("--seed", "Number that noise is made from; given alone it means --start noise.", ValueKind.Whole(0L), several) { Standard = 1 };

        if (sizeMeans is not null)
            Add(_size, "size", (settings, size) => settings with { Size = size });
        AddSizes();
        Add(new ValueOption<int>("--steps", "Optimizer steps over all sizes.", ValueKind.Whole(0), several) { Standard = defaults.Steps },
            "steps", (settings, steps) => settings with { Steps = steps });
        Add(new ValueOption<string>("--optimizer", "What changes the picture.", ValueKind.Choice("lbfgs", "adam"), several) { Standard = defaults.Method },
            "optimizer", (settings, method) => settings with { Method = method });
        Add(new ValueOption<double>("--learning-rate",
                "Length of the optimizer's steps: a part of the full step for lbfgs, 1 if not given; for adam the largest change of a pixel "
                + "on the scale 0 to 1, 0.02 if not given.", ValueKind.Positive, several),
            "learning rate", (settings, rate) => settings with { LearningRate = rate });
        if (hasStart)
        {
            _all.Add((_start, StartOf));
            _all.Add((_seed, _ => null));
        }
        Add(new ValueOption<string>("--network",
                "Loss network: a name from `stylelab networks list`, random weights such as vgg19-random:7, a file of weights, or a .json description.",
                ValueKind.Word("NAME|FILE"), several) { Standard = defaults.Network },
            "network", (settings, network) => settings with { Network = network }, name => File.Exists(name) ? Path.GetFileNameWithoutExtension(name) : name);
        Add(new ValueOption<string>("--pooling", "What the network's pooling layers keep.", ValueKind.Choice("average", "max"), several) { Standard = defaults.Pooling },
            "pooling", (settings, pooling) => settings with { Pooling = pooling });
        _colorsOf = new("--colors-of", "Give the result the colours of this picture: their means and how they vary together.",
            ValueKind.Word("PICTURE"), several);
        Add(_colorsOf, "colors", (settings, file) => settings with { ColorsOf = file }, file => Path.GetFileNameWithoutExtension(file));
    }

    /// <summary>What holds for options that are not given.</summary>
    public RunSettings Defaults { get; }

    /// <summary>Adds --tv, whose meaning is the verb's.</summary>
    public void AddTotalVariation(string description) =>
        Add(new ValueOption<double>("--tv", description, ValueKind.Weight, _several) { Standard = Defaults.TotalVariation },
            "total variation", (settings, weight) => settings with { TotalVariation = weight });

    /// <summary>Adds all options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (var (option, _) in _all)
            verb.Add(option);
    }

    /// <summary>The settings that the call gives, in the order of the call.</summary>
    /// <exception cref="WrongCallException">Two of them do not go together.</exception>
    public IReadOnlyList<GivenSetting> Given(ParseResult call)
    {
        if (IsGiven(call, _size) && call.CommandResult.Command.Options.Any(o => o.Name == "--sizes" && IsGiven(call, o)))
            throw new WrongCallException("--sizes ends with the size of the result, so leave out --size.");
        if (IsGiven(call, _colorsOf) && call.CommandResult.Command.Options.Any(o => o.Name == "--keep-colors" && IsGiven(call, o)))
            throw new WrongCallException("--keep-colors takes the colours of the content picture and --colors-of those of another: give one of them.");
        return [.. _all.Select(entry => entry.Given(call)).OfType<GivenSetting>()];
    }

    /// <summary>The settings of a call in which each option has one value.</summary>
    public RunSettings Read(ParseResult call) => Given(call).Aggregate(Defaults, (settings, given) => given.Put(settings, 0));

    /// <summary>Adds an option and what it changes.</summary>
    protected void Add<T>(Option<T[]> option, string name, Func<RunSettings, T, RunSettings> put, Func<T, string>? label = null) =>
        _all.Add((option, call => IsGiven(call, option)
            ? GivenSetting.Of([option], name, call.GetRequiredValue(option), put, label ?? (value => string.Create(CultureInfo.InvariantCulture, $"{value}")))
            : null));

    /// <summary>Adds an option that is there or not.</summary>
    protected void Add(Option<bool> option, string name, Func<RunSettings, bool, RunSettings> put) =>
        _all.Add((option, call => IsGiven(call, option) ? GivenSetting.Of([option], name, [call.GetValue(option)], put, value => $"{value}") : null));

    protected static bool IsGiven(ParseResult call, Option option) => call.GetResult(option) is { Implicit: false };

    /// <summary>Sizes belong together: where several values are tried, each is a list with commas.</summary>
    private void AddSizes()
    {
        var sizes = new ValueOption<IReadOnlyList<int>>("--sizes",
            _several
                ? "Long sides from coarse to fine, such as 64,128,256; by halving down to 64 if not given. The last is that of the result."
                : "Long sides from coarse to fine, such as 64 128 512; by halving down to 64 if not given. The last is that of the result.",
            new(_several ? "N,N" : "N", "sizes in pixels that grow, such as 64,128,512", SizeList), several: true);
        AddList(sizes, "sizes", (settings, list) => settings with { Sizes = RequireGrowing(list) });
    }

    /// <summary>Adds an option whose words are one list; in a sweep each is a list by itself.</summary>
    protected void AddList<T>(ValueOption<IReadOnlyList<T>> option, string name, Func<RunSettings, IReadOnlyList<T>, RunSettings> put) =>
        _all.Add((option, call => !IsGiven(call, option) ? null : GivenSetting.Of([option], name,
            _several ? call.GetRequiredValue(option) : [[.. call.GetRequiredValue(option).SelectMany(list => list)]], put,
            list => string.Join(',', list.Select(item => string.Create(CultureInfo.InvariantCulture, $"{item}"))))));

    private static bool SizeList(string word, out IReadOnlyList<int> sizes)
    {
        var parts = word.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : 0).ToList();
        sizes = parts;
        return parts[0] > 0 && IsGrowing(parts);
    }

    private static bool IsGrowing(IReadOnlyList<int> sizes) => sizes.Zip(sizes.Skip(1)).All(pair => pair.First < pair.Second);

    private static IReadOnlyList<int> RequireGrowing(IReadOnlyList<int> sizes) => IsGrowing(sizes) ? sizes
        : throw new WrongCallException($"--sizes takes sizes in pixels that grow, got {string.Join(' ', sizes)}.");

    private GivenSetting? StartOf(ParseResult call)
    {
        // A seed is of use to noise only, so who gives one without a start means noise.
        string[]? starts = IsGiven(call, _start) ? call.GetRequiredValue(_start) : IsGiven(call, _seed) ? ["noise"] : null;
        if (starts is null)
            return null;
        if (Defaults is not TransferSettings && starts.FirstOrDefault(start => start is "content" or "blurred") is { } wrong)
            throw new WrongCallException($"--start takes noise or a picture file here, got '{wrong}': {call.CommandResult.Command.Name} has no content picture.");
        if (IsGiven(call, _seed) && !starts.Contains("noise"))
            throw new WrongCallException($"--seed chooses the noise of --start noise, and the start is {string.Join(" ", starts)}: leave one of the two out.");
        var begins = starts.SelectMany<string, (string Label, string Start, long Seed)>(start => start == "noise"
            ? call.GetRequiredValue(_seed).Select(seed => (starts.Length > 1 ? $"noise {seed}" : $"{seed}", start, seed))
            : [(Path.GetFileNameWithoutExtension(start), start, 1)]);
        return GivenSetting.Of([_start, _seed], starts is ["noise"] ? "seed" : "start", [.. begins],
            (settings, begin) => settings with { StartName = begin.Start, Seed = begin.Seed }, begin => begin.Label);
    }
}
