using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Jupyter.History;

/// <summary>
/// The cells that were run on this machine, one a line as JSON. Several kernels may add to the same file; each takes it
/// for itself for a moment.
/// </summary>
internal sealed class HistoryFile(string path)
{
    private const int MaxEntries = 10_000;
    private const long MaxBytes = 8L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What this kernel ran; also kept when the file cannot be written.
    private readonly List<HistoryEntry> _own = [];
    private int _session;

    /// <summary>The number of this kernel in the file; 0 before its first cell.</summary>
    public int Session => _session;

    /// <summary>Where the user's history is.</summary>
    public static string DefaultPath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "stylelab", "history.jsonl");

    /// <summary>Adds a cell. A file that cannot be written is no reason to fail a cell: it is then only remembered.</summary>
    public void Add(int line, string input, string? output)
    {
        try
        {
            using var file = Open();
            if (_session == 0)
                _session = 1 + Shorten(file).Select(e => e.Session).DefaultIfEmpty(0).Max();
            var entry = new HistoryEntry(_session, line, input, output);
            _own.Add(entry);
            file.Seek(0, SeekOrigin.End);
            file.Write(Encode(entry));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            _session = Math.Max(_session, 1);
            _own.Add(new HistoryEntry(_session, line, input, output));
        }
    }

    /// <summary>All cells, oldest first; those of this kernel come last.</summary>
    public List<HistoryEntry> Load()
    {
        try
        {
            using var file = Open();
            return [.. Read(file).Where(e => e.Session != _session), .. _own];
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return [.. _own];
        }
    }

    /// <summary>Drops the oldest cells of a file that has become large.</summary>
    private static List<HistoryEntry> Shorten(FileStream file)
    {
        var entries = Read(file);
        if (entries.Count <= MaxEntries && file.Length <= MaxBytes)
            return entries;
        var kept = entries.TakeLast(MaxEntries / 2).ToList();
        while (kept.Sum(e => (long)e.Input.Length + (e.Output?.Length ?? 0)) > MaxBytes / 2)
            kept.RemoveRange(0, (kept.Count + 1) / 2);
        file.SetLength(0);
        foreach (var entry in kept)
            file.Write(Encode(entry));
        return kept;
    }

    private static List<HistoryEntry> Read(FileStream file)
    {
        file.Position = 0;
        var entries = new List<HistoryEntry>();
        using var lines = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        while (lines.ReadLine() is { } line)
        {
            if (Decode(line) is { } entry)
                entries.Add(entry);
        }

        return entries;
    }

    private static byte[] Encode(HistoryEntry entry)
    {
        var json = new JsonObject { ["session"] = entry.Session, ["line"] = entry.Line, ["input"] = entry.Input };
        if (entry.Output != null)
            json["output"] = entry.Output;
        return Encoding.UTF8.GetBytes(json.ToJsonString(Json) + "\n");
    }

    // A line that is cut off or was edited by hand costs only itself.
    private static HistoryEntry? Decode(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject json
                ? new HistoryEntry(
                    json["session"]!.GetValue<int>(), json["line"]!.GetValue<int>(), json["input"]!.GetValue<string>(),
                    json["output"]?.GetValue<string>())
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            return null;
        }
    }

    private FileStream Open()
    {
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Environment.TickCount64 < deadline)
            {
                // Another kernel has it.
                Thread.Sleep(5);
            }
        }
    }
}
