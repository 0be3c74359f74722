using System.Text;
using StyleLab.Files;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter.History;

/// <summary>
/// The cells that were run on this machine, one a line as JSON. Several kernels may add to the same file; each takes it
/// for itself for a moment, by a lock on a file beside it. Only its owner may read it: people type keys into cells.
/// </summary>
internal sealed class HistoryFile(string path)
{
    private const int MaxEntries = 10_000;
    private const long MaxBytes = 8L << 20;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // What this kernel ran, and how much of it is in the file: the rest could not be written when it was its turn.
    private readonly List<HistoryEntry> _own = [];
    private int _written;
    private int _session;

    /// <summary>The number of this kernel in the file; 0 before its first cell.</summary>
    public int Session => _own.Count == 0 ? 0 : Math.Max(_session, 1);

    /// <summary>True if all cells of this kernel are in the file.</summary>
    public bool IsWritten => _written == _own.Count;

    /// <summary>Where the user's history is.</summary>
    public static string DefaultPath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "stylelab", "history.jsonl");

    /// <summary>
    /// Adds a cell. A file that cannot be written, or that another kernel holds for long, is no reason to fail a cell: it is
    /// remembered, and written with the next one.
    /// </summary>
    public void Add(int line, string input, string? output)
    {
        lock (_own)
        {
            _own.Add(new HistoryEntry(Session, line, input, output));
            WriteRest();
        }
    }

    /// <summary>Writes what could not be written yet, if there is something.</summary>
    public void WriteRest()
    {
        lock (_own)
        {
            if (_written < _own.Count)
                TryLocked(Append);
        }
    }

    /// <summary>All cells, oldest first; those of this kernel come last.</summary>
    public List<HistoryEntry> Load()
    {
        lock (_own)
        {
            List<HistoryEntry> others = [];
            TryLocked(() => others = [.. Read().Where(entry => entry.Session != _session)]);
            return [.. others, .. _own.Select(OfThisSession)];
        }
    }

    private HistoryEntry OfThisSession(HistoryEntry entry) => entry with { Session = Session };

    private void Append()
    {
        if (_session == 0)
            _session = 1 + Shortened().Select(entry => entry.Session).DefaultIfEmpty(0).Max();
        using var file = new FileStream(path, Options(FileMode.OpenOrCreate));
        // Earlier versions let everybody read it.
        Permissions.Set(file.SafeFileHandle, OwnerOnly);
        var lines = new StringBuilder();
        // A line that was cut off, by a kill or a full disk, must not take the next one with it.
        if (!EndsWithLine(file))
            lines.Append('\n');
        foreach (var entry in _own.Skip(_written).Select(OfThisSession))
            lines.Append(entry.ToLine());
        long end = file.Seek(0, SeekOrigin.End);
        try
        {
            file.Write(Encoding.UTF8.GetBytes(lines.ToString()));
        }
        catch
        {
            // Part of it would be there twice when it is written again.
            file.SetLength(end);
            throw;
        }
        _written = _own.Count;
    }

    /// <summary>Drops the oldest cells of a file that has become large.</summary>
    /// <returns>What is left.</returns>
    private List<HistoryEntry> Shortened()
    {
        var entries = Read();
        if (entries.Count <= MaxEntries && (!File.Exists(path) || new FileInfo(path).Length <= MaxBytes))
            return entries;
        var kept = entries.TakeLast(MaxEntries / 2).ToList();
        while (kept.Sum(e => (long)e.Input.Length + (e.Output?.Length ?? 0)) > MaxBytes / 2)
            kept.RemoveRange(0, (kept.Count + 1) / 2);
        WholeFile.Write(path, file =>
        {
            foreach (var entry in kept)
                file.Write(Encoding.UTF8.GetBytes(entry.ToLine()));
        }, mode: OwnerOnly);
        return kept;
    }

    private List<HistoryEntry> Read()
    {
        var entries = new List<HistoryEntry>();
        if (!File.Exists(path))
            return entries;
        using var lines = new StreamReader(new FileStream(path, Options(FileMode.Open)), Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            if (HistoryEntry.FromLine(line) is { } entry)
                entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Does something while no other kernel does; nothing if the file cannot be had or written.</summary>
    private void TryLocked(Action work)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var held = Lock();
            if (held != null)
                work();
        }
        catch (Exception failed) when (WriteError.Is(failed) || failed is NotebookException)
        {
            // There is no file to write to now; a later cell tries again.
        }
    }

    /// <summary>The lock, or null if another kernel keeps it.</summary>
    private IDisposable? Lock()
    {
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            if (FileLock.TryTake(path + ".lock", OwnerOnly) is { } held)
                return held;
            if (Environment.TickCount64 >= deadline)
                return null;
            Thread.Sleep(5);
        }
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (mode == FileMode.OpenOrCreate)
            Permissions.Ask(options, OwnerOnly);
        return options;
    }

    private static bool EndsWithLine(FileStream file)
    {
        if (file.Length == 0)
            return true;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }
}
