using System.Globalization;

namespace StyleLab.Jupyter.History;

/// <summary>
/// Remembers in a file which cell runs. A kernel that Jupyter starts anew finds it there when the one before it died in the middle of
/// a cell, and can say so: the user sees only that all variables are gone.
/// </summary>
/// <param name="path">The file; it is there only while a cell runs.</param>
internal sealed class UnfinishedCell(string path)
{
    private const int LongestLine = 100;

    private string? _before = Read(path);

    /// <summary>What happened to the kernel before this one, once; null if it ended in peace.</summary>
    public string? Tell()
    {
        if (Interlocked.Exchange(ref _before, null) is not { } cell)
            return null;
        return $"The kernel ended while {cell}, and was started anew: its variables are lost. " +
            "A recursion without end or a crash in native code ends a process, and so does whoever kills it.\n";
    }

    /// <summary>A cell begins.</summary>
    public void Begin(int number, string code)
    {
        string line = code.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";
        line = line.Length > LongestLine ? line[..LongestLine] + "…" : line;
        Try(() => File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"Cell {number} ran, which begins with \"{line}\"")));
    }

    /// <summary>It has ended, or the kernel is to.</summary>
    public void End() => Try(() => File.Delete(path));

    private static string? Read(string path)
    {
        string? cell = null;
        Try(() => cell = File.Exists(path) ? File.ReadAllText(path) : null);
        Try(() => File.Delete(path));
        return string.IsNullOrEmpty(cell) ? null : cell;
    }

    // No cell fails for want of a note about it.
    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
        }
    }
}
