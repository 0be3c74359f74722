namespace StyleLab.Notebooks;

/// <summary>Tags that change how a cell is run or published, as Jupyter's own tools know them.</summary>
public static class CellTags
{
    /// <summary>The cell is expected to fail; the run goes on.</summary>
    public const string RaisesException = "raises-exception";

    /// <summary>The cell is not run.</summary>
    public const string SkipExecution = "skip-execution";

    /// <summary>The cell's code is not published.</summary>
    public const string RemoveInput = "remove-input";

    /// <summary>The cell's code is published folded.</summary>
    public const string HideInput = "hide-input";

    /// <summary>The cell's outputs are not published.</summary>
    public const string RemoveOutput = "remove-output";

    /// <summary>The cell is not published.</summary>
    public const string RemoveCell = "remove-cell";

    /// <summary>A picture of the cell stands for the notebook in a gallery.</summary>
    public const string Thumbnail = "thumbnail";
}
