using System.Globalization;
using StyleLab.Figures;
using StyleLab.Runs;
using StyleLab.Tensors.Engines;

namespace StyleLab;

/// <summary>One setting that a sweep varies.</summary>
/// <param name="Name">What is varied, such as "style layers".</param>
/// <param name="Labels">Its values as they stand on the contact sheet.</param>
public sealed record SweepAxis(string Name, IReadOnlyList<string> Labels)
{
    /// <summary>The same values as a table holds them: numbers, true and false as they are, everything else as its label.</summary>
    public IReadOnlyList<object?> Values { get; private init; } = Labels;

    /// <summary>An axis with its values.</summary>
    internal static SweepAxis Of<T>(string name, IReadOnlyList<string> labels, IReadOnlyList<T> values) =>
        new(name, labels) { Values = [.. values.Zip(labels, (value, label) => IsPlain(value) ? value : (object?)label)] };

    private static bool IsPlain(object? value) => value is bool or string || value?.GetType() is { IsPrimitive: true } || value is decimal;
}

/// <summary>
/// The same run with some settings varied: every value of one with every value of the others. Immutable.
/// <c>Sweep.Of(run).Over("seed", [1, 2, 3], (recipe, seed) => recipe with { Start = Start.Noise(seed) })</c>
/// </summary>
public sealed partial class Sweep
{
    private readonly Func<ReadOnlyMemory<int>, Recipe> _recipeAt;
    private readonly LossNetwork? _network;
    private readonly IEngine _engine;

    private Sweep(Func<ReadOnlyMemory<int>, Recipe> recipeAt, LossNetwork? network, IEngine engine, IReadOnlyList<SweepAxis> axes) =>
        (_recipeAt, _network, _engine, Axes) = (recipeAt, network, engine, axes);

    /// <summary>A sweep around a run, which itself is not begun.</summary>
    public static Sweep Of(Synthesis run) => new(_ => run.Recipe, run.Network, run.Engine, []);

    /// <summary>A sweep around a recipe.</summary>
    public static Sweep Of(Recipe recipe) => new(_ => recipe, null, Engine.Default, []);

    /// <summary>A sweep whose recipes are made by a function, for settings that depend on one another.</summary>
    /// <param name="axes">What is varied.</param>
    /// <param name="recipe">From the places of the values on their axes to the recipe.</param>
    internal static Sweep Of(IReadOnlyList<SweepAxis> axes, Func<IReadOnlyList<int>, Recipe> recipe) =>
        new(places => recipe(places.ToArray()), null, Engine.Default, axes);

    /// <summary>What is varied, in the order given.</summary>
    public IReadOnlyList<SweepAxis> Axes { get; }

    /// <summary>Number of cells.</summary>
    public int Count => Axes.Aggregate(1, (count, axis) => count * axis.Labels.Count);

    /// <summary>This sweep with one more setting varied. The last one varies from column to column.</summary>
    /// <param name="name">What is varied.</param>
    /// <param name="values">Its values, at least one.</param>
    /// <param name="change">The recipe with a value put in.</param>
    /// <param name="label">How a value is written; a picture by its file's name, anything else as text, if not given.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public Sweep Over<T>(string name, IEnumerable<T> values, Func<Recipe, T, Recipe> change, Func<T, string>? label = null)
    {
        var list = values.ToList();
        if (list.Count == 0)
            throw new ArgumentException($"The sweep over {name} has no values; give at least one.");
        var axis = SweepAxis.Of(name, [.. list.Select((value, i) => label?.Invoke(value) ?? LabelOf(value, i))], list);
        return new(places => change(_recipeAt(places[..^1]), list[places.Span[^1]]), _network, _engine, [.. Axes, axis]);
    }

    /// <summary>A run over all cells; it begins when it is awaited.</summary>
    /// <param name="folder">
    /// Where finished cells are kept, so that running the sweep again takes only what is new; what another version of StyleLab made is made
    /// again. <c>.stylelab/runs</c> in the current folder, which is the notebook's, if not given.
    /// </param>
    /// <param name="keep">False to keep nothing and compute everything.</param>
    /// <exception cref="StyleLabException">A layer that a cell asks for does not exist, or its network cannot be loaded.</exception>
    public SweepRun Run(string? folder = null, bool keep = true)
    {
        var networks = new Dictionary<NetworkRecipe, LossNetwork>();
        if (_network is not null)
            networks[_network.Recipe] = _network;
        var cells = Enumerable.Range(0, Count).Select(CellOf).ToList();
        // Mistakes are said now, not after an hour.
        foreach (var (_, recipe) in cells)
        {
            if (!networks.TryGetValue(recipe.Network, out var network))
                network = networks[recipe.Network] = recipe.Network.Load();
            foreach (var pick in recipe.Objective.Picks)
                pick.Resolve(network);
        }
        return new SweepRun(Axes, cells, networks, _engine, keep ? new ResultCache(folder ?? ResultCache.DefaultFolder) : null);
    }

    private (IReadOnlyList<string> Labels, Recipe Recipe) CellOf(int index)
    {
        var labels = new string[Axes.Count];
        var indices = new int[Axes.Count];
        for (int axis = Axes.Count - 1; axis >= 0; axis--)
        {
            (index, indices[axis]) = Math.DivRem(index, Axes[axis].Labels.Count);
            labels[axis] = Axes[axis].Labels[indices[axis]];
        }
        return (labels, _recipeAt(indices));
    }

    private static string LabelOf(object? value, int index) => value switch
    {
        null => "none",
        Picture picture => picture.Origin is { } origin ? Path.GetFileNameWithoutExtension(origin.File) : $"picture {index + 1}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
