using System.Runtime.ExceptionServices;

namespace StyleLab.Notebooks;

/// <summary>Sees the exceptions of cells that nobody else does.</summary>
internal static class CellExceptions
{
    private static int s_watching;

    // A thread of the pool has forgotten whose work it did by the time nobody catches what it threw.
    [ThreadStatic]
    private static (Exception? Exception, CellContext? Cell) t_thrown;

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
            if (CellContext.Current is { } current)
                t_thrown = (thrown.Exception, current);
            if (StopFlag.Cells > 0 && thrown.Exception is not CellStoppedException && CellContext.Current is { IsStopping: true } cell)
                cell.Interruption.BeginUnwinding();
        };
    }

    private static bool IsDealtWith(Exception exception)
    {
        if (exception is CellStoppedException)
            return true;

        var thrower = t_thrown.Exception == exception ? t_thrown.Cell : null;
        if ((CellContext.Current ?? thrower ?? (Traceback.IsOfCell(exception) ? CellContext.Latest : null)) is not { } cell)
            return StopFlag.Cells > 0;
        if (!cell.IsStopping)
        {
            string traceback = string.Join('\n', Traceback.Describe(exception).Traceback);
            cell.Outputs.Publish(new StreamOutput("stderr", $"Something that {cell.Name} started ended with an error.\n{traceback}\n"));
        }

        return true;
    }
}
