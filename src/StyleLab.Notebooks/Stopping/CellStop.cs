using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace StyleLab.Notebooks;

/// <summary>
/// What the compiled code of a cell calls so that it can be stopped; <see cref="StopChecks"/> puts these calls in. Not for
/// code that is written by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellStop
{
    private static readonly AsyncLocal<int> AsyncFinallyBlocks = new();

    [ThreadStatic]
    private static int t_finallyBlocks;

    /// <summary>Called at each round of a loop and each beginning of a method while <see cref="StopFlag.Cells"/> is not 0.</summary>
    /// <exception cref="OperationCanceledException">The cell that the caller belongs to is to stop, and no finally block is
    /// running.</exception>
    public static void Check()
    {
        if (StoppableCell.Current is not { IsStopping: true } cell || IsCleaningUp)
            return;
        cell.Interruption.BeginUnwinding();
        throw new CellStoppedException();
    }

    /// <summary>Asked by every catch clause of a cell.</summary>
    /// <returns>Whether the clause may catch the exception: not while the cell is being stopped, unless a finally block
    /// is running.</returns>
    public static bool MayCatch(object exception) =>
        StopFlag.Cells == 0 || StoppableCell.Current is not { IsStopping: true } || (exception is not CellStoppedException && IsCleaningUp);

    /// <summary>A finally block begins.</summary>
    public static void EnterFinally() => t_finallyBlocks++;

    /// <summary>A finally block has ended, however it did.</summary>
    public static void LeaveFinally() => t_finallyBlocks--;

    /// <summary>A finally block that awaits begins. Should it throw, that is forgotten when its method ends.</summary>
    public static void EnterAsyncFinally() => AsyncFinallyBlocks.Value++;

    /// <summary>A finally block that awaits has ended.</summary>
    public static void LeaveAsyncFinally() => AsyncFinallyBlocks.Value--;

    /// <summary>A task that also ends when the cell is to stop.</summary>
    public static Task Watch(Task task) => Token(task) is { CanBeCanceled: true } stop ? task.WaitAsync(stop) : task;

    /// <inheritdoc cref="Watch(Task)"/>
    public static Task<T> Watch<T>(Task<T> task) => Token(task) is { CanBeCanceled: true } stop ? task.WaitAsync(stop) : task;

    /// <inheritdoc cref="Watch(Task)"/>
    public static void Watch(ref ValueTask task)
    {
        if (!task.IsCompleted && StoppableCell.Current != null && !IsCleaningUp)
            task = new ValueTask(Watch(task.AsTask()));
    }

    /// <inheritdoc cref="Watch(Task)"/>
    public static void Watch<T>(ref ValueTask<T> task)
    {
        if (!task.IsCompleted && StoppableCell.Current != null && !IsCleaningUp)
            task = new ValueTask<T>(Watch(task.AsTask()));
    }

    /// <inheritdoc cref="Watch(Task)"/>
    public static ConfiguredTaskAwaitable ConfigureAwait(Task task, bool continueOnCapturedContext) =>
        Watch(task).ConfigureAwait(continueOnCapturedContext);

    /// <inheritdoc cref="Watch(Task)"/>
    public static ConfiguredTaskAwaitable<T> ConfigureAwait<T>(Task<T> task, bool continueOnCapturedContext) =>
        Watch(task).ConfigureAwait(continueOnCapturedContext);

    /// <summary>Whether the caller runs in, or was called by, a finally block of a cell; such a block runs to its end.</summary>
    internal static bool IsCleaningUp => t_finallyBlocks > 0 || AsyncFinallyBlocks.Value > 0;

    /// <summary>A cell begins to be stopped.</summary>
    internal static void Begin() => Interlocked.Increment(ref StopFlag.Cells);

    /// <summary>What a stopped cell had started has had its time to end.</summary>
    internal static void End() => Interlocked.Decrement(ref StopFlag.Cells);

    private static CancellationToken Token(Task task) =>
        !task.IsCompleted && StoppableCell.Current is { } cell && !IsCleaningUp ? cell.Forced : default;
}
