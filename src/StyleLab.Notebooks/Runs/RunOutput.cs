using System.Diagnostics;

namespace StyleLab.Notebooks;

/// <summary>Keeps the outputs of a run in its file, or elsewhere while that cannot be written: a full disk is not to end hours of work.</summary>
internal sealed class RunOutput(string path)
{
    private static readonly TimeSpan LongestUnsynced = TimeSpan.FromSeconds(2);

    private long? _synced;
    private string? _elsewhere;

    /// <summary>Where the outputs are.</summary>
    public string Path => _elsewhere ?? path;

    /// <summary>Why they are not where they should be, or not all of them; null if all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>Saves the notebook as it is now.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="isLast">True if nothing more will come.</param>
    /// <exception cref="NotebookException">The file cannot be written, and nothing has been saved so far.</exception>
    public void Save(Notebook notebook, bool isLast)
    {
        bool sync = isLast || (_synced is { } then && Stopwatch.GetElapsedTime(then) > LongestUnsynced);
        try
        {
            notebook.Save(path, sync);
            Problem = null;
            Forget();
        }
        catch (NotebookException error) when (_synced != null)
        {
            Problem = error.Message;
            _elsewhere = OtherPlace.TrySave(path, other => notebook.Save(other, sync)) ?? _elsewhere;
            Problem += _elsewhere == null
                ? " The outputs since could not be saved anywhere."
                : $" The outputs were saved as {_elsewhere} instead.";
        }
        if (sync || _synced == null)
            _synced = Stopwatch.GetTimestamp();
    }

    // What was saved elsewhere is older than what is in its place now.
    private void Forget()
    {
        if (_elsewhere == null)
            return;
        File.Delete(_elsewhere);
        _elsewhere = null;
    }
}
