using StyleLab.Cli.Parsing;
using System.Diagnostics;
using StyleLab.Jupyter.History;
using StyleLab.Notebooks;

namespace StyleLab.Endurance.Writers;

/// <summary>A folder with what the writers need, and what there was before.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>Old cells in the history: one more than it may have, so that it is shortened.</summary>
    public const int OldCells = 10_001;

    private const int Patience = 120_000;

    private Workspace(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>A folder with pictures, notebooks and a long history.</summary>
    public static Workspace Create()
    {
        var space = new Workspace(Directory.CreateTempSubdirectory("stylelab-writers-").FullName);
        foreach (string folder in (string[])["photos", "history", "tmp", "page"])
            Directory.CreateDirectory(space.At(folder));
        Draw(48, 40, 3).Save(space.At("content.png"));
        Draw(40, 40, 19).Save(space.At("style.png"));
        Draw(16, 12, 5).Save(space.At("small.png"));
        foreach (string name in (string[])["a", "b", "c"])
            Draw(36, 30 + name[0] % 7, name[0]).Save(space.At($"photos/{name}.png"));
        Notebook("n * 10", "string.Join(\",\", Enumerable.Range(0, 50 * n))").Save(space.At("a.ipynb"));
        Notebook("\"another\"").Save(space.At("b.ipynb"));
        File.WriteAllText(space.At("history/history.jsonl"),
            string.Concat(Enumerable.Range(1, OldCells).Select(i => new HistoryEntry(1, i, $"old {i}", null).ToLine())));
        return space;
    }

    /// <summary>The same files in a folder of their own.</summary>
    public Workspace Copy()
    {
        string copy = Directory.CreateTempSubdirectory("stylelab-writers-").FullName;
        foreach (string folder in Directory.GetDirectories(Folder, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(copy, Path.GetRelativePath(Folder, folder)));
        foreach (string file in Files())
            File.Copy(At(file), Path.Combine(copy, file));
        return new Workspace(copy);
    }

    public string At(string file) => Path.Combine(Folder, file);

    /// <summary>All files, relative to the folder, in order.</summary>
    public IEnumerable<string> Files() => Directory.GetFiles(Folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal);

    /// <summary>Starts a call.</summary>
    /// <param name="call">See <see cref="Writer.Call"/>.</param>
    /// <param name="mirror">Where networks are fetched from.</param>
    /// <param name="around">Words before those of the program, such as those of a tracer.</param>
    public Process Start(string call, Uri mirror, params string[] around)
    {
        string program = call.StartsWith("writer ", StringComparison.Ordinal) ? "StyleLab.Endurance.dll" : "StyleLab.Cli.dll";
        string[] words = [.. around, "dotnet", Path.Combine(AppContext.BaseDirectory, program), .. call.Split(' ')];
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[]
        {
            ("TMPDIR", At("tmp")), ("HOME", At("tmp")), ("XDG_DATA_HOME", At("tmp")), ("STYLELAB_NETWORKS_URL", mirror.ToString()), ("STYLELAB_THREADS", "1"),
            // Pages of code that are mapped twice are a file, which a limit of the size of files would hit, too.
            ("DOTNET_EnableWriteXorExecute", "0"), ("DOTNET_EnableDiagnostics", "0"),
        })
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a call to its end.</summary>
    public CallOutcome Run(string call, Uri mirror, params string[] around)
    {
        using var process = Start(call, mirror, around);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        bool hasEnded = process.WaitForExit(Patience);
        if (!hasEnded)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return new(hasEnded ? process.ExitCode : null, output.Result, error.Result);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static Picture Draw(int width, int height, int seed)
    {
        var picture = new Picture(width, height);
        for (int plane = 0; plane < 3; plane++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    picture[plane, y, x] = (float)(0.5 + 0.5 * Math.Sin(seed * 0.07 * x + (plane + 1) * 0.11 * y + seed));
        return picture;
    }

    private static Notebook Notebook(params string[] cells)
    {
        var notebook = Notebooks.Notebook.Create();
        foreach (string source in (string[])["int n = 0;", .. cells])
            notebook.Insert(notebook.Cells.Count, CellKind.Code, source);
        notebook.Cells[0].Metadata["tags"] = new System.Text.Json.Nodes.JsonArray("parameters");
        return notebook;
    }
}

/// <summary>How a call ended.</summary>
/// <param name="ExitCode">Null if it did not end.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record CallOutcome(int? ExitCode, string Output, string Error);
