using System.Globalization;

namespace StyleLab.Notebooks;

/// <summary>The class that holds a cell's code. Stack frames are recognised by its name, which is one that nobody types but that
/// code can contain.</summary>
internal static class CellClass
{
    // A letter, to C#.
    private const char Mark = 'ˍ';
    private const string Prefix = "Cell";

    /// <param name="cell">The number of the cell.</param>
    /// <param name="serial">Different for each compilation of a session.</param>
    public static string Name(int cell, int serial) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Mark}{cell}{Mark}{serial}");

    public static bool IsName(string? type) => type?.StartsWith($"{Prefix}{Mark}", StringComparison.Ordinal) == true;

    /// <summary>How the user knows the cell: "Cell 3".</summary>
    public static string TitleOf(string name) => $"{Prefix} {name.Split(Mark)[1]}";
}
