namespace StyleLab.Notebooks.Packages;

/// <summary>One <c>#r</c> or <c>#i</c> line.</summary>
/// <param name="Kind">What it adds.</param>
/// <param name="Text">The text between the quotes, without "nuget:".</param>
internal sealed record ReferenceLine(ReferenceKind Kind, string Text);

internal enum ReferenceKind
{
    Package,
    PackageSource,
    Project,
}
