using StyleLab.Figures;

namespace StyleLab;

/// <summary>One transfer of a style drift.</summary>
/// <param name="Index">Number of the round, from 1.</param>
/// <param name="Style">Index of its style picture.</param>
/// <param name="Content">The picture it began with.</param>
/// <param name="Result">What came out.</param>
/// <param name="FromCache">True if it was there from an earlier run.</param>
public sealed partial record DriftRound(int Index, int Style, Picture Content, SynthesisResult Result, bool FromCache)
{
    /// <summary>The picture after the round, values 0..1.</summary>
    public Picture Picture => Result.Picture;
}

/// <summary>The finished rounds of a style drift.</summary>
/// <param name="Start">Where the drift began.</param>
/// <param name="Rounds">The rounds in order.</param>
/// <param name="Interrupted">True if rounds are missing.</param>
/// <param name="Warnings">
/// Sentences about kept results that could not be used or written, then the warnings of all rounds, each once with the rounds it is of.
/// </param>
public sealed partial record DriftResult(Picture Start, IReadOnlyList<DriftRound> Rounds, bool Interrupted, IReadOnlyList<string> Warnings)
{
    private const int LongestRow = 6;

    /// <summary>The start and the picture after each round.</summary>
    public IReadOnlyList<Picture> Pictures => [Start, .. Rounds.Select(r => r.Picture)];

    /// <summary>The start and all rounds, row by row.</summary>
    /// <param name="cellSize">Long side of each picture in layout units.</param>
    /// <param name="title">Stands above.</param>
    public Grid ContactSheet(int cellSize = 200, string? title = null)
    {
        int rows = (Pictures.Count + LongestRow - 1) / LongestRow;
        var grid = new Grid(rows, (Pictures.Count + rows - 1) / rows, title, cellSize: cellSize);
        for (int i = 0; i < Pictures.Count; i++)
            grid.Add(Pictures[i], i == 0 ? "start" : $"round {i}");
        return grid;
    }
}
