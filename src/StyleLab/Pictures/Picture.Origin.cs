using System.Runtime.InteropServices;

namespace StyleLab;

public sealed partial class Picture
{
    private (PictureOrigin Origin, int Checksum)? _noted;

    /// <summary>
    /// The file that the picture was loaded from and what was done to it since, matching its colours to those of another
    /// included; null for a picture made in code or mixed from two, and for one whose values were changed in place, because
    /// replaying the origin would not give them.
    /// Each read looks through all values.
    /// </summary>
    public PictureOrigin? Origin => _noted is { } noted && noted.Checksum == Checksum() ? noted.Origin : null;

    /// <summary>
    /// The picture as the origin of a recipe means it: recipes from before alpha was kept do not name it, and mean the picture laid over white.
    /// </summary>
    internal Picture LoadedAs(PictureOrigin origin) => Alpha is null || origin.Operations is [PictureOrigin.KeepAlpha, ..]
        ? this
        : new Picture(Width, Height, Values).LoadedFrom(origin with { Operations = [] });

    /// <summary>What an error calls the picture: the noun, and its file if it came from one.</summary>
    internal string Called(string noun) => Origin is { } origin ? $"{noun} {origin.File}" : noun;

    /// <summary>What a warning calls it: the noun, and the name of its file wherever that is.</summary>
    internal string CalledByName(string noun) => Origin is { } origin ? $"{noun} {Path.GetFileName(origin.File)}" : noun;

    private Picture LoadedFrom(PictureOrigin origin)
    {
        _noted = (origin, Checksum());
        return this;
    }

    private Picture MadeFrom(Picture source, string operation) =>
        source.Origin is { } origin ? LoadedFrom(origin with { Operations = [.. origin.Operations, operation] }) : this;

    /// <summary>An operation that takes another picture can be told only if that picture can.</summary>
    private Picture MadeFrom(Picture source, string operation, Picture reference) =>
        reference.Origin is { } origin ? MadeFrom(source, $"{operation} {origin.ToReference()}") : this;

    // Good within this process only, which is all it is for: it tells whether somebody has written into Values since.
    private int Checksum()
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(Values.AsSpan()));
        hash.AddBytes(MemoryMarshal.AsBytes(Alpha.AsSpan()));
        return hash.ToHashCode();
    }
}
