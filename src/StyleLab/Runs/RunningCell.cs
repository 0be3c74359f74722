namespace StyleLab.Runs;

/// <summary>The notebook's cell that the calling code belongs to, if there is one.</summary>
internal static class RunningCell
{
    /// <summary>Calls <paramref name="cancel"/> when the cell is interrupted before <paramref name="work"/> has ended.</summary>
    public static void End(Task work, Action cancel)
    {
        // A notebook leaves the token of the running cell under this name; neither of us knows the other.
        if (work.IsCompleted || AppContext.GetData("CellCancellation") is not Func<CancellationToken> cell)
            return;
        var registration = cell().UnsafeRegister(_ => cancel(), null);
        work.ContinueWith(_ => registration.Unregister(), TaskScheduler.Default);
    }
}
