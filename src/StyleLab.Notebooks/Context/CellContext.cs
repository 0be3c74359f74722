namespace StyleLab.Notebooks;

/// <summary>The cell that the calling code belongs to: where it shows things and whom it asks.</summary>
internal sealed class CellContext : StoppableCell
{
    private readonly OutputThread _thread;
    private readonly Action<Output> _output;

    public CellContext(int executionCount, OutputThread outputs, Action<Output> output, CancellationToken cancellation)
        : base($"Cell {executionCount}", cancellation)
    {
        (_thread, _output) = (outputs, output);
        ExecutionCount = executionCount;
        Outputs = new OutputQueue(outputs, output, Forced);
        Latest = this;
    }

    public static new CellContext? Current
    {
        get => (CellContext?)StoppableCell.Current;
        set => StoppableCell.Current = value;
    }

    /// <summary>The cell that was run last, whoever asks; for what belongs to no cell, such as a finalizer.</summary>
    public static CellContext? Latest { get; private set; }

    /// <summary>The running cell.</summary>
    /// <exception cref="NotebookException">The caller does not belong to a cell.</exception>
    public static CellContext Required =>
        Current ?? throw new NotebookException("Only code of a notebook cell can do this.");

    public int ExecutionCount { get; }

    public OutputQueue Outputs { get; }

    /// <summary>The text of the cell; empty before it runs.</summary>
    public string Code { get; set; } = "";

    /// <summary>Runs code that the cell itself sends, in the language of that name; null before the cell runs.</summary>
    public Func<string, string?, Task>? RunInside { get; set; }

    /// <summary>The live displays of the whole session.</summary>
    public required LiveDisplays LiveDisplays { get; init; }

    /// <summary>What the session keeps.</summary>
    public SessionItems Items { get; init; } = new();

    /// <summary>Answers what the cell asks; null if nobody does.</summary>
    public required Func<InputRequest, string>? Input { get; init; }

    /// <summary>What the user can do about a cell that does not stop.</summary>
    public required string HowToForce { get; init; }

    /// <summary>The same cell for code of it that is called later and is stopped by itself, such as a handler. Nobody answers what that asks.</summary>
    /// <param name="output">Gets what the code says; the cell's own place if null.</param>
    /// <param name="cancellation">Stops the code.</param>
    public CellContext ForLater(Action<Output>? output, CancellationToken cancellation) => new(ExecutionCount, _thread, output ?? _output, cancellation)
    {
        LiveDisplays = LiveDisplays, Items = Items, Input = null, HowToForce = HowToForce, Code = Code,
    };

    /// <summary>Asks the user for a line.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public string Ask(string prompt, bool isPassword = false)
    {
        if (Input == null)
        {
            throw new InvalidOperationException(
                $"The cell asks for input{(prompt.Length > 0 ? $" (\"{prompt.Trim()}\")" : "")}, but nobody can answer here; " +
                "run it in a notebook front end, or give the value as a parameter of the run.");
        }

        return Input(new InputRequest(prompt, isPassword, Cancellation));
    }

    protected override bool AskDisplaysToEnd() => LiveDisplays.CancelThoseOf(this);

    protected override void SayThatItGoesOn() => Outputs.Publish(new StreamOutput("stderr",
        $"{Name} does not stop yet: it is inside library code or a finally block, which cannot be stopped. " +
        $"It stops when that is over. {HowToForce}\n"));
}
