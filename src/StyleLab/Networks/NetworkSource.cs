namespace StyleLab;

/// <summary>Where the weights of a loss network came from.</summary>
/// <param name="IsEmbedded">True for weights inside the library, false for a file of the user's.</param>
/// <param name="Location">The resource's name, or the file's full path.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="Sha256">The file's SHA-256, 64 lower-case hex digits.</param>
/// <param name="Licence">What is known about the licence, a sentence.</param>
/// <param name="Training">What the weights were trained on, a sentence; null where it is not known.</param>
/// <param name="Limits">What the network does less well, a sentence; null where it is not known.</param>
public sealed record NetworkSource(
    bool IsEmbedded, string Location, long Bytes, string Sha256, string Licence, string? Training = null, string? Limits = null)
{
    /// <summary>What <see cref="LossNetwork.Load"/> takes to get the network again: its name, or the path of its file.</summary>
    public string Reference { get; init; } = Location;

    /// <summary>Where others published the weights, with the hash of their file; null for the user's own.</summary>
    public string? Published { get; init; }
}
