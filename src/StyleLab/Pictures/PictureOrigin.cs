using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using StyleLab.Json;
using StyleLab.Pictures;

namespace StyleLab;

/// <summary>Where a picture came from, in words that can be written into a recipe and replayed.</summary>
/// <param name="File">The file as it was given to <see cref="Picture.Load"/>, with forward slashes.</param>
/// <param name="Sha256">SHA-256 of the bytes of the file, 64 lower-case hexadecimal digits.</param>
/// <param name="Operations">
/// What was done to the picture since, in this order: <c>alpha</c> for a file that is transparent in places and was read so,
/// <c>resize WIDTH HEIGHT FILTER</c>, <c>enlarge WIDTH HEIGHT</c>, <c>crop X Y WIDTH HEIGHT</c>, <c>blur SIGMA</c>, <c>without-alpha</c>, <c>alpha-mask</c>, <c>with-alpha REFERENCE</c>, <c>tile COLUMNS ROWS</c>, <c>smoothness CONTRAST</c>, <c>luminance</c>, <c>clamp</c>,
/// <c>match-luminance REFERENCE</c> and <c>match-colors METHOD REFERENCE</c>, where REFERENCE is the origin of the other picture as JSON. <see cref="Picture.Fit"/>,
/// <see cref="Picture.CropToAspect"/> and <see cref="Picture.Square"/> appear as the resize or crop that they came to.
/// </param>
public sealed record PictureOrigin(string File, string Sha256, IReadOnlyList<string> Operations)
{
    /// <summary>The operation of a file that was read with its alpha.</summary>
    internal const string KeepAlpha = "alpha";

    // A file that refers to itself again and again is damaged or malicious; nobody recolours this often.
    private const int MostReferences = 16, MostOperations = 1000;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Makes the picture again: loads the file, checks that it is the same one, and does the operations. Ordinary files only are opened,
    /// but wherever <see cref="File"/> leads.
    /// </summary>
    /// <param name="folder">
    /// Where else to look: for a relative <see cref="File"/> that is not found from the current folder, then for a picture of any name that
    /// has the hash.
    /// </param>
    /// <exception cref="StyleLabException">
    /// The file is missing, has changed or cannot be read, or one of the operations is unknown or impossible.
    /// </exception>
    public Picture Replay(string? folder = null) => Replay(new PictureFiles(folder));

    /// <summary>The same with files looked for in a way of its own.</summary>
    internal Picture Replay(PictureFiles files) => Replay(files, MostReferences);

    /// <summary>This origin and those of all pictures that had a part in it, as far as they can be read.</summary>
    internal IEnumerable<PictureOrigin> WithReferences() => WithReferences(MostReferences);

    /// <summary>Whether another picture had a part in it.</summary>
    internal bool HasReference => Operations.Any(operation => operation.Contains('{'));

    /// <summary>This origin on one line, for an operation that takes another picture.</summary>
    internal string ToReference() => JsonSerializer.Serialize(this, s_json);

    /// <summary>Origins are equal when the file, its hash and every operation are.</summary>
    public bool Equals(PictureOrigin? other) =>
        other is not null && File == other.File && Sha256 == other.Sha256 && Operations.SequenceEqual(other.Operations);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(File, Sha256, Operations.Count);

    private Picture Replay(PictureFiles files, int references)
    {
        if (Operations.Count > MostOperations)
            throw new StyleLabException($"The recipe does {Operations.Count} things to {File}, expected at most {MostOperations}: it is damaged.");
        var picture = files.Load(this).LoadedAs(this);
        foreach (var operation in Operations)
            picture = Apply(picture, operation, reference => Referred(reference, files, references));
        return picture;
    }

    private static Picture Referred(string reference, PictureFiles files, int references) =>
        references > 0 ? Read(reference).Replay(files, references - 1) : throw new FormatException("the picture it refers to is not told");

    private static PictureOrigin Read(string reference) => JsonRecord.TryRead<PictureOrigin>(reference, s_json, out string fault)
        ?? throw new FormatException($"the picture it refers to is not told: {fault}");

    private IEnumerable<PictureOrigin> WithReferences(int references)
    {
        yield return this;
        foreach (var (_, reference) in Operations.Where(operation => operation?.Contains('{') == true).Select(Parted))
        {
            PictureOrigin? origin = null;
            try
            {
                origin = references > 0 ? Read(reference) : null;
            }
            catch (FormatException)
            {
                // Said when it is replayed.
            }
            foreach (var inner in origin?.WithReferences(references - 1) ?? [])
                yield return inner;
        }
    }

    private Picture Apply(Picture picture, string operation, Func<string, Picture> referred)
    {
        try
        {
            var (words, reference) = Parted(operation ?? "");
            return words switch
            {
                ["resize", var width, var height, var filter] =>
                    picture.Resize(Whole(width), Whole(height), Enum.Parse<Resampling>(filter, ignoreCase: true)),
                ["enlarge", var width, var height] => picture.Enlarge(Whole(width), Whole(height)),
                ["crop", var x, var y, var width, var height] =>
                    picture.Crop(Whole(x), Whole(y), Whole(width), Whole(height)),
                ["blur", var sigma] => picture.Blur(double.Parse(sigma, CultureInfo.InvariantCulture)),
                ["tile", var columns, var rows] => picture.Tile(Whole(columns), Whole(rows)),
                ["smoothness", var contrast] => picture.Smoothness(double.Parse(contrast, CultureInfo.InvariantCulture)),
                [KeepAlpha] => picture,
                ["without-alpha"] => picture.WithoutAlpha(),
                ["alpha-mask"] => picture.AlphaMask(),
                ["with-alpha"] => picture.WithAlpha(referred(reference)),
                ["luminance"] => picture.Luminance(),
                ["clamp"] => picture.Clamp(),
                ["match-luminance"] => picture.MatchLuminance(referred(reference)),
                ["match-colors", var method] => picture.MatchColors(referred(reference), Enum.Parse<ColorMatching>(method, ignoreCase: true)),
                _ => throw new StyleLabException(
                    $"The recipe asks for \"{operation}\" on {File}: known are \"resize WIDTH HEIGHT FILTER\", \"enlarge WIDTH HEIGHT\", "
                    + "\"crop X Y WIDTH HEIGHT\", \"blur SIGMA\", \"tile COLUMNS ROWS\", \"smoothness CONTRAST\", \"luminance\", "
                    + "\"clamp\", \"match-luminance REFERENCE\", \"match-colors METHOD REFERENCE\", \"alpha\", \"without-alpha\", \"alpha-mask\" "
                    + "and \"with-alpha REFERENCE\"."),
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw new StyleLabException($"The recipe asks for \"{operation}\" on {File}, which cannot be done: {e.Message}", e);
        }
    }

    /// <summary>The words of an operation, and the JSON after them.</summary>
    private static (string[] Words, string Reference) Parted(string operation)
    {
        int json = operation.IndexOf('{');
        return json < 0 ? (operation.Split(' '), "null") : (operation[..json].TrimEnd().Split(' '), operation[json..]);
    }

    private static int Whole(string number) => int.Parse(number, CultureInfo.InvariantCulture);
}
