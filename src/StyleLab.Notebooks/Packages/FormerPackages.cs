namespace StyleLab.Notebooks.Packages;

/// <summary>
/// Libraries that .NET Interactive had in itself, so that its notebooks use them without <c>#r</c>. They are fetched when a cell names
/// one that is unknown; a version that the notebook asked for before stays.
/// </summary>
internal static class FormerPackages
{
    private static readonly (string Namespace, PackageRequest Package)[] All =
    [
        ("Newtonsoft.Json", new("Newtonsoft.Json", "13.0.4")),
        ("System.Reactive", new("System.Reactive", "6.1.0")),
        ("Microsoft.Extensions.Logging", new("Microsoft.Extensions.Logging", "10.0.12")),
    ];

    /// <summary>References to those that a text names.</summary>
    public static IReadOnlyList<ReferenceLine> NamedIn(string code) =>
    [
        .. All.Where(known => code.Contains(known.Namespace, StringComparison.Ordinal))
            .Select(known => new ReferenceLine(ReferenceKind.Package, $"{known.Package.Name}, {known.Package.Version}")),
    ];
}
