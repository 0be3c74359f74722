using StyleLab.Networks;

namespace StyleLab;

/// <summary>A loss network that others have published: where its file is, what it is, and how it wants its pictures.</summary>
public sealed record PublishedNetwork
{
    /// <summary>The name that <see cref="LossNetwork.Load"/> takes.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its architecture, such as <c>vgg19</c>.</summary>
    public required string ArchitectureName { get; init; }

    /// <summary>Where it was published.</summary>
    public required Uri Url { get; init; }

    /// <summary>The file's SHA-256, 64 lower-case hex digits; null where it is not known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The first digits of the SHA-256, where the file's name carries them as PyTorch's model zoo does; otherwise null.</summary>
    public string? Sha256Start { get; init; }

    /// <summary>The file's length; null where it is not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>What the network expects of a picture.</summary>
    public required Preprocessing Input { get; init; }

    /// <summary>What is known about the licence, a sentence.</summary>
    public required string Licence { get; init; }

    /// <summary>What the weights were trained on and by whom, a sentence.</summary>
    public required string Training { get; init; }

    /// <summary>What one should know before fetching it, a sentence; null if there is nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The file's name, which is the last part of <see cref="Url"/>.</summary>
    public string FileName => Uri.UnescapeDataString(Url.Segments[^1]);

    /// <summary>The layers; null if this version of StyleLab cannot run them.</summary>
    public Architecture? Architecture => Architecture.Known.FirstOrDefault(known => known.Name == ArchitectureName);

    /// <summary>What is known of the file's hash, for people.</summary>
    public string HashText => Sha256 is not null ? $"SHA-256 {Sha256}"
        : Sha256Start is not null ? $"SHA-256 begins with {Sha256Start}, as the file's name says; the rest is remembered from the first use"
        : "SHA-256 not known; it is remembered from the first use";

    /// <summary>Whether a hash is not against what is known.</summary>
    internal bool Allows(string sha256) =>
        Sha256 is not null ? sha256 == Sha256 : Sha256Start is null || sha256.StartsWith(Sha256Start, StringComparison.Ordinal);

    /// <summary>Whether a file of the user's is this one: by its hash as far as that is known, otherwise by its name.</summary>
    internal bool IsFile(string path, string sha256) =>
        Allows(sha256) && (Sha256 is not null || Sha256Start is not null || Path.GetFileName(path) == FileName);

    /// <summary>One line: name, file, size.</summary>
    public override string ToString() => $"{Name}: {FileName}{(Bytes is { } bytes ? $", {ByteText.Of(bytes)}" : "")}";
}
