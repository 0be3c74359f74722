namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>What PyTorch may choose for speed; StyleLab's own layout is fixed.</summary>
/// <param name="Padding">"reflect" or "zero".</param>
/// <param name="Layout">"default" or "channels_last".</param>
internal sealed record Variant(string Padding, string Layout)
{
    /// <summary>What StyleLab's users get.</summary>
    public static Variant Ours { get; } = new("reflect", "default");

    public static IReadOnlyList<Variant> All { get; } =
        [Ours, new("reflect", "channels_last"), new("zero", "default"), new("zero", "channels_last")];

    public override string ToString() => $"{Padding} padding, {Layout}";
}
