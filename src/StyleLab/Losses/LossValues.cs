using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using StyleLab.Figures;
using StyleLab.Losses;

namespace StyleLab;

/// <summary>The value of an objective and of all its parts at one picture; a part's value includes its weight, so parts add up.</summary>
/// <param name="Name">"total", "content", "style", a layer name, ….</param>
/// <param name="Value">Weighted value.</param>
/// <param name="Parts">The terms it is the sum of; empty for a single term.</param>
[TypeFormatterSource(typeof(LossValuesFormatters), PreferredMimeTypes = ["text/html"])]
public sealed record LossValues(string Name, double Value, IReadOnlyList<LossValues> Parts)
{
    /// <summary>In the history of a run, the size of the picture; null for parts, and where the picture says it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PictureSize? Size { get; init; }

    /// <summary>The first part of the given name anywhere in the tree, or null.</summary>
    public LossValues? Find(string name) => Name == name ? this : Parts.Select(p => p.Find(name)).FirstOrDefault(p => p is not null);

    /// <summary>The tree, one line a term.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text, 0);
        return text.ToString().TrimEnd();
    }

    private void Write(StringBuilder text, int depth)
    {
        text.Append(' ', 2 * depth).Append(Name.PadRight(Math.Max(1, 24 - 2 * depth)))
            .AppendLine(Value.ToString("G4", CultureInfo.InvariantCulture));
        foreach (var part in Parts)
            part.Write(text, depth + 1);
    }
}
