using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks;

/// <summary>A value that wants to know where it is shown, to change there.</summary>
internal interface IShownValue
{
    /// <param name="place">Where it is shown.</param>
    /// <param name="cell">The cell that shows it.</param>
    void ShownAt(DisplayedValue place, CellContext cell);
}
