using System.Globalization;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>Names by which the code of cells is recognised, in stack frames above all.</summary>
internal static partial class CellNames
{
    // A letter, to C#, and one that nobody types.
    private const char Mark = 'ˍ';
    private const string Cell = "Cell";
    private const string Units = "types-of-cells-";

    /// <summary>The class that holds the script of a cell.</summary>
    /// <param name="cell">The number of the cell.</param>
    /// <param name="serial">Different for each compilation of a session.</param>
    public static string Class(int cell, int serial) => string.Create(CultureInfo.InvariantCulture, $"{Cell}{Mark}{cell}{Mark}{serial}");

    public static bool IsClass(string? type) => type?.StartsWith($"{Cell}{Mark}", StringComparison.Ordinal) == true;

    /// <summary>How the user knows the cell that a class belongs to: "Cell 3".</summary>
    public static string TitleOf(string type) => $"{Cell} {type.Split(Mark)[1]}";

    /// <summary>An assembly that holds namespaces of cells.</summary>
    public static string Unit(string session, int serial) => string.Create(CultureInfo.InvariantCulture, $"{Units}{session}-{serial}");

    /// <summary>A sentence of the compiler's that tells two types of one name apart by their assemblies, in words of the notebook.</summary>
    public static string Explained(string sentence)
    {
        var places = UnitPlace().Matches(sentence);
        if (places.Select(place => place.Groups["version"].Value).Distinct().Count() < 2)
            return sentence;
        int latest = places.Max(place => int.Parse(place.Groups["version"].Value, CultureInfo.InvariantCulture));
        string told = UnitPlace().Replace(sentence, place =>
            int.Parse(place.Groups["version"].Value, CultureInfo.InvariantCulture) == latest ? " as declared now" : " as declared before");
        return $"{told}; run the cells again that were written with the earlier one.";
    }

    public static bool IsUnit(string? assembly) => assembly?.StartsWith(Units, StringComparison.Ordinal) == true;

    [GeneratedRegex($@" \[{Units}[^,\]]*, Version=(?<version>\d+)[^\]]*\]")]
    private static partial Regex UnitPlace();
}
