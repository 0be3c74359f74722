namespace StyleLab.Notebooks;

/// <summary>The cell that the calling code belongs to. It flows into the tasks and threads a cell starts.</summary>
internal sealed class CellContext(int executionCount, OutputQueue outputs, LiveDisplays liveDisplays)
{
    private static readonly AsyncLocal<CellContext?> Ambient = new();

    public static CellContext? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public int ExecutionCount { get; } = executionCount;

    public OutputQueue Outputs { get; } = outputs;

    /// <summary>The live displays of the whole session.</summary>
    public LiveDisplays LiveDisplays { get; } = liveDisplays;
}
