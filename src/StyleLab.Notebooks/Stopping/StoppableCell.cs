namespace StyleLab.Notebooks;

/// <summary>The cell that the calling code belongs to, as far as stopping it goes. It flows into the tasks and threads a cell
/// starts.</summary>
internal abstract class StoppableCell(string name, CancellationToken cancellation)
{
    private static readonly AsyncLocal<StoppableCell?> Ambient = new();

    // By this name, libraries that know nothing of notebooks find when the cell that calls them is to stop.
    static StoppableCell() => AppContext.SetData("CellCancellation", () => Current?.CooperativeCancellation ?? CancellationToken.None);

    private readonly CancellationTokenSource _forced = new();
    private volatile bool _isCooperative;
    private volatile bool _isStopping;
    private volatile bool _hasRefused;
    private volatile bool _isToAbort;

    public static StoppableCell? Current
    {
        get => Ambient.Value;
        protected set => Ambient.Value = value;
    }

    public string Name { get; } = name;

    /// <summary>Fires when the cell is to stop.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

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

    /// <summary>Asks what the cell displays live to end, so that it can return what it has.</summary>
    /// <returns>Whether the cell can be expected to end by itself.</returns>
    public bool AskToEnd() => AskDisplaysToEnd() || _isCooperative;

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
        SayThatItGoesOn();
        _hasRefused = true;
    }

    /// <summary>Aborts the cell, if the user has been told what that means.</summary>
    public void Abort() => _isToAbort |= _hasRefused;

    /// <returns>Whether the cell displays anything live that can be asked.</returns>
    protected abstract bool AskDisplaysToEnd();

    protected abstract void SayThatItGoesOn();
}
