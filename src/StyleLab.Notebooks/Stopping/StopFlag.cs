using System.ComponentModel;

namespace StyleLab.Notebooks;

/// <summary>
/// What each round of each loop of a cell reads. Alone in its class, which has nothing to initialise, so that reading it is one
/// instruction. Not for code that is written by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StopFlag
{
    /// <summary>How many cells of this process are being stopped.</summary>
    public static int Cells;
}
