namespace StyleLab.Notebooks;

/// <summary>The cell that the calling code belongs to. It flows into the tasks and threads a cell starts.</summary>
internal sealed class CellContext
{
    private static readonly AsyncLocal<CellContext?> Ambient = new();

    // By this name, libraries that know nothing of notebooks find when the cell that calls them is to stop.
    static CellContext() => AppContext.SetData("CellCancellation", () => Current?.CooperativeCancellation ?? CancellationToken.None);

    private readonly CancellationTokenSource _forced;
    private readonly Func<InputRequest, string>? _input;
    private readonly string _howToForce;
    private volatile bool _isCooperative;
    private volatile bool _isStopping;
    private volatile bool _hasRefused;
    private volatile bool _isToAbort;

    public CellContext(
        int executionCount, SessionState session, Action<Output> output, Func<InputRequest, string>? input, CancellationToken cancellation)
    {
        ExecutionCount = executionCount;
        LiveDisplays = session.LiveDisplays;
        Cancellation = cancellation;
        _input = input;
        _howToForce = session.HowToForce;
        _forced = new CancellationTokenSource();
        Outputs = new OutputQueue(session.Outputs, output, _forced.Token);
    }

    public static CellContext? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>The running cell.</summary>
    /// <exception cref="NotebookException">The caller does not belong to a cell.</exception>
    public static CellContext Required =>
        Current ?? throw new NotebookException("Only code of a notebook cell can do this.");

    public int ExecutionCount { get; }

    public string Name => $"Cell {ExecutionCount}";

    public OutputQueue Outputs { get; }

    /// <summary>What runs the cell; null before it does.</summary>
    public CellRun? Run { get; set; }

    /// <summary>The live displays of the whole session.</summary>
    public LiveDisplays LiveDisplays { get; }

    /// <summary>Fires when the cell is to stop.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The same for the cell's own code: who reads it promises to stop by itself.</summary>
    public CancellationToken CooperativeCancellation
    {
        get
        {
            _isCooperative = true;
            return Cancellation;
        }
    }

    /// <summary>Whether its code is to end at the next check; also for a moment after the cell itself has ended, for what it has
    /// started.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Fires when the cell's code is to end, whatever it waits for.</summary>
    public CancellationToken Forced => _forced.Token;

    /// <summary>Breaks the waits of the cell's thread.</summary>
    public ThreadInterruption Interruption { get; } = new();

    /// <summary>Whether the cell is to be aborted, which may end the process.</summary>
    public bool IsToAbort => _isToAbort;

    /// <summary>Asks the user for a line.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public string Ask(string prompt, bool isPassword = false)
    {
        if (_input == null)
        {
            throw new InvalidOperationException(
                $"The cell asks for input{(prompt.Length > 0 ? $" (\"{prompt.Trim()}\")" : "")}, but nobody can answer here; " +
                "run it in a notebook front end, or give the value as a parameter of the run.");
        }

        return _input(new InputRequest(prompt, isPassword, Cancellation));
    }

    /// <summary>Asks what the cell displays live to end, so that it can return what it has.</summary>
    /// <returns>Whether the cell can be expected to end by itself.</returns>
    public bool AskToEnd() => LiveDisplays.CancelThoseOf(this) || _isCooperative;

    /// <summary>From now on the cell ends at its next check.</summary>
    public void StopCode()
    {
        _isStopping = true;
        CellStop.Begin();
    }

    /// <summary>From now on it ends also where it awaits and where it next shows something.</summary>
    public void StopAwaits() =>
        // Calls the cell's own code, which may take its time.
        new Thread(_forced.Cancel) { IsBackground = true, Name = $"{Name} is stopped" }.Start();

    /// <summary>The cell has ended, and so has, as far as can be waited for, what it started.</summary>
    public void EndStopping()
    {
        _isStopping = false;
        CellStop.End();
    }

    /// <summary>Tells the user that the cell does not stop, and what can be done.</summary>
    public void TellThatItGoesOn()
    {
        Outputs.Publish(new StreamOutput("stderr",
            $"{Name} does not stop yet: it is inside library code or a finally block, which cannot be stopped. " +
            $"It stops when that is over. {_howToForce}\n"));
        _hasRefused = true;
    }

    /// <summary>Aborts the cell, if the user has been told what that means.</summary>
    public void Abort() => _isToAbort |= _hasRefused;
}
