namespace StyleLab.Endurance.Mutations;

/// <summary>Something that reads files, and valid files for it.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Samples">Valid inputs.</param>
/// <param name="Read">Reads one input; throws what the reader throws.</param>
internal sealed record Reader(string Name, IReadOnlyList<byte[]> Samples, Action<byte[]> Read)
{
    /// <summary>A change that keeps the form, such as JSON that stays JSON; null if there is none.</summary>
    public Func<byte[], Random, byte[]>? Structure { get; init; }

    /// <summary>Makes checksums right again, so that more than their check is reached; null if there are none.</summary>
    public Func<byte[], byte[]>? Mended { get; init; }

    /// <summary>Words that mean something to the reader.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];
}
