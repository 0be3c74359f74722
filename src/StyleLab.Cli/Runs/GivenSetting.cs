using System.CommandLine;

namespace StyleLab.Cli.Runs;

/// <summary>A setting that the call gives: one value, or in a sweep several.</summary>
/// <param name="Name">What it is, for the sheet of a sweep.</param>
/// <param name="Symbols">The arguments or options that say it.</param>
/// <param name="Axis">Its values, as a sweep over them.</param>
/// <param name="Put">The settings with one of its values.</param>
internal sealed record GivenSetting(
    string Name, IReadOnlyList<Symbol> Symbols, SweepAxis Axis, Func<RunSettings, int, RunSettings> Put)
{
    /// <summary>Its values as text.</summary>
    public IReadOnlyList<string> Labels => Axis.Labels;

    public static GivenSetting Of<T>(
        IReadOnlyList<Symbol> symbols, string name, IReadOnlyList<T> values, Func<RunSettings, T, RunSettings> put, Func<T, string> label) =>
        new(name, symbols, SweepAxis.Of(name, [.. values.Select(label)], values), (settings, i) => put(settings, values[i]));
}
