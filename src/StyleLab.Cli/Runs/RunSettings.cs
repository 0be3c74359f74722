using StyleLab.Cli.Parsing;
using StyleLab.Runs;

namespace StyleLab.Cli.Runs;

/// <summary>What can be said of a run whatever it makes; a verb begins with its defaults, and the options given change them.</summary>
internal record RunSettings
{
    /// <summary>Name or file of the loss network.</summary>
    public string Network { get; init; } = LossNetwork.Names[0];

    /// <summary>average or max.</summary>
    public string Pooling { get; init; } = "average";

    /// <summary>Long side of the result in pixels if <see cref="Sizes"/> do not say it.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Long sides from coarse to fine; halved by themselves if null.</summary>
    public IReadOnlyList<int>? Sizes { get; init; }

    /// <summary>Optimizer steps over all sizes.</summary>
    public int Steps { get; init; } = 300;

    /// <summary>lbfgs or adam.</summary>
    public string Method { get; init; } = "lbfgs";

    /// <summary>The optimizer's learning rate; its own if null.</summary>
    public double? LearningRate { get; init; }

    /// <summary>noise, content, blurred, or a picture file.</summary>
    public string StartName { get; init; } = "content";

    /// <summary>The number that noise is made from.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Weight of the total variation.</summary>
    public double TotalVariation { get; init; }

    /// <summary>Picture whose colours the result gets, or null.</summary>
    public string? ColorsOf { get; init; }

    /// <summary>Long side of the result in pixels.</summary>
    public int LongSide => Sizes?[^1] ?? Size;

    /// <summary>Every file that the run reads and that its output must not replace.</summary>
    public virtual IEnumerable<string> Files =>
        new[] { ColorsOf, StartName is "noise" or "content" or "blurred" ? null : StartName }.OfType<string>();

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer => (Method, LearningRate) switch
    {
        ("adam", { } rate) => Optimizer.Adam(Steps, rate),
        ("adam", null) => Optimizer.Adam(Steps),
        (_, { } rate) => Optimizer.Lbfgs(Steps, learningRate: rate),
        _ => Optimizer.Lbfgs(Steps),
    };

    /// <summary>The loss network, loaded.</summary>
    public LossNetwork LoadNetwork() => Inputs.Network(Network, Enum.Parse<Pooling>(Pooling, ignoreCase: true));

    /// <summary>The start, its picture loaded.</summary>
    /// <exception cref="WrongCallException">There is no such file.</exception>
    public Start LoadStart() => StartName switch
    {
        "noise" => Start.Noise(Seed),
        "content" => Start.Content(),
        "blurred" => Start.Blurred(),
        _ when File.Exists(StartName) => Start.From(Inputs.Picture(StartName)),
        _ => throw new WrongCallException($"--start takes noise, content, blurred or a picture file, and there is no file '{StartName}'."),
    };

    /// <summary>A run with the settings that every run can have.</summary>
    /// <exception cref="WrongCallException">The sizes do not end at that of the result.</exception>
    public Synthesis Complete(Synthesis run)
    {
        var size = run.Recipe.Passes[^1].Size;
        if (Sizes is { } sizes && sizes[^1] != size.LongSide)
            throw new WrongCallException($"--sizes ends with {sizes[^1]}, but the result is {size} pixels: end with {size.LongSide}.");
        var recipe = run.Recipe with
        {
            Passes = Sizes is null ? run.Recipe.Passes : Schedule.Of(size, Steps, Sizes),
            ColorsOf = ColorsOf is null ? null : Inputs.Picture(ColorsOf),
        };
        return new(recipe, run.Network, run.Engine);
    }
}
