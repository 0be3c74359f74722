using System.Runtime.ExceptionServices;

namespace StyleLab.Notebooks;

/// <summary>Sees the exceptions of cells that nobody else does.</summary>
internal static class CellExceptions
{
    private static int s_watching;

    /// <summary>
    /// Keeps the process alive when an exception leaves a thread that a cell has started, be it because the cell was
    /// stopped; and notes when a cell that is being stopped throws.
    /// </summary>
    public static void Watch()
    {
        if (Interlocked.Exchange(ref s_watching, 1) == 1)
            return;

        // Code that is compiled before its first use would ask in every loop whether it has a place yet.
        Interlocked.Exchange(ref StopFlag.Cells, 0);
        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(IsDealtWith);
        }
        catch (InvalidOperationException)
        {
            // The program that hosts the session has a handler of its own.
        }

        AppDomain.CurrentDomain.FirstChanceException += static (_, thrown) =>
        {
            if (StopFlag.Cells > 0 && thrown.Exception is not CellStoppedException && CellContext.Current is { IsStopping: true } cell)
                cell.Interruption.BeginUnwinding();
        };
    }

    private static bool IsDealtWith(Exception exception)
    {
        if (exception is CellStoppedException)
            return true;

        // A thread of the pool has forgotten by now whose work it did.
        if (CellContext.Current is not { } cell)
            return StopFlag.Cells > 0;
        if (!cell.IsStopping)
        {
            string traceback = string.Join('\n', Traceback.Describe(exception).Traceback);
            cell.Outputs.Publish(new StreamOutput("stderr", $"A thread that the cell started ended with an error.\n{traceback}\n"));
        }

        return true;
    }
}
