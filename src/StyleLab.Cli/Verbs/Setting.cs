using System.CommandLine;

namespace StyleLab.Cli.Verbs;

/// <summary>A setting of a sweep and the values it was given.</summary>
/// <param name="Symbols">The arguments or options that say it.</param>
/// <param name="Count">How many values there are; with one it does not vary.</param>
/// <param name="PutInto">The recipe with the first value.</param>
/// <param name="Vary">The sweep over all values.</param>
internal sealed record Setting(IReadOnlyList<Symbol> Symbols, int Count, Func<Recipe, Recipe> PutInto, Func<Sweep, Sweep> Vary)
{
    public static Setting Of<T>(
        IReadOnlyList<Symbol> symbols, string name, IReadOnlyList<T> values, Func<Recipe, T, Recipe> change, Func<T, string>? label = null) =>
        new(symbols, values.Count, recipe => change(recipe, values[0]), sweep => sweep.Over(name, values, change, label));
}
