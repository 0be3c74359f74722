using StyleLab.Cli.Parsing;
using System.Text.Json;
using System.Text.RegularExpressions;
using StyleLab.Jupyter.History;
using StyleLab.Notebooks;
using StyleLab.Tests.Networks.Catalogue;

namespace StyleLab.Endurance.Writers;

/// <summary>A writer with the files before its call, and those after it where nothing happened.</summary>
internal sealed partial class WriterCase : IDisposable
{
    private readonly FileServer _server = new(WriterCommand.Published);

    public WriterCase(Writer writer, Workspace template)
    {
        Writer = writer;
        Before = template.Copy();
        if (writer.Before is { } earlier)
            Require(Before.Run(earlier, Mirror), earlier);
        After = Before.Copy();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Require(After.Run(Call("reference"), Mirror), writer.Call);
        Duration = clock.Elapsed;
    }

    public Writer Writer { get; }

    /// <summary>The files before the call.</summary>
    public Workspace Before { get; }

    /// <summary>The files after it.</summary>
    public Workspace After { get; }

    /// <summary>How long the call takes.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Where networks are fetched from.</summary>
    public Uri Mirror => _server.Address;

    /// <summary>The words of the call.</summary>
    /// <param name="token">What is new in the history.</param>
    public string Call(string token) => Writer.Call.Replace("{token}", token, StringComparison.Ordinal);

    /// <summary>The words of the call that goes on with what is in a folder.</summary>
    public string CallOn(Workspace space, string token) =>
        Writer.Resume is { } resume && File.Exists(space.At(resume.File)) ? resume.Call : Call(token);

    /// <summary>What is damaged or lost after a call that did not end well; null if nothing is.</summary>
    /// <param name="space">The folder.</param>
    /// <param name="promised">Cells of which the writer said that they are in the history.</param>
    public string? Damage(Workspace space, IReadOnlyCollection<string> promised)
    {
        foreach (string file in Before.Files().Where(file => !IsNobodys(file)))
            if (!File.Exists(space.At(file)))
                return $"{file} is lost";
        foreach (string file in space.Files().Where(file => !IsNobodys(file)))
            if (Wrong(space, file) is { } wrong)
                return $"{file} {wrong}";
        return Writer.Name == "history" ? LostCells(space, promised) : null;
    }

    /// <summary>What is different from where nothing happened; null if nothing is.</summary>
    public string? Difference(Workspace space)
    {
        foreach (string file in Writer.Results)
            if (!File.Exists(space.At(file)) || !IsSame(space, After, file))
                return $"{file} is not what it should be";
        string[] more = [.. space.Files().Except(After.Files()).Where(file => file != Writer.Resume?.File && !file.StartsWith("tmp/", StringComparison.Ordinal))];
        return more.Length > 0 ? $"{string.Join(", ", more)} is left over" : null;
    }

    public void Dispose()
    {
        _server.Dispose();
        Before.Dispose();
        After.Dispose();
    }

    /// <summary>Temporary files and locks, and what programs keep for themselves.</summary>
    private static bool IsNobodys(string file) =>
        Path.GetExtension(file) is ".tmp" or ".lock" || file.StartsWith("tmp/", StringComparison.Ordinal) && !file.Contains("stylelab-saved-", StringComparison.Ordinal);

    private string? Wrong(Workspace space, string file)
    {
        try
        {
            if (File.Exists(Before.At(file)) && IsSame(space, Before, file) || File.Exists(After.At(file)) && IsSame(space, After, file))
                return null;
            switch (Path.GetExtension(file))
            {
                case ".png" or ".jpg":
                    _ = Picture.Load(space.At(file));
                    // Of two calls there are two pictures and no third.
                    return Writer.Results.Contains(file) ? "is neither the old picture nor the new one" : null;
                case ".ipynb":
                    return Notebook.Load(space.At(file)).Cells.Count < 3 ? "has lost cells" : null;
                case ".safetensors" when file.EndsWith(".resume.safetensors", StringComparison.Ordinal):
                    _ = SynthesisResult.Load(space.At(file), space.Folder);
                    return null;
                case ".safetensors":
                    using (var weights = WeightsFile.Open(space.At(file)))
                        foreach (var tensor in weights.Tensors)
                            _ = weights.Read(tensor.Name);
                    return null;
                case ".json":
                    using (JsonDocument.Parse(File.ReadAllBytes(space.At(file))))
                        return null;
                case ".part":
                    return WriterCommand.Published.AsSpan().StartsWith(File.ReadAllBytes(space.At(file))) ? null : "is no beginning of what was published";
                case ".csv":
                    return File.ReadAllLines(space.At(file)).Length == 4 ? null : "has lost lines";
                case ".jsonl" or ".gitignore":
                    return null;
                case ".html":
                    return File.ReadAllText(space.At(file)).TrimEnd().EndsWith("</html>", StringComparison.Ordinal) ? null : "is not whole";
                default:
                    return "is neither the old file nor the new one";
            }
        }
        catch (Exception error) when (error is StyleLabException or NotebookException or JsonException or IOException)
        {
            return $"is damaged: {error.Message}";
        }
    }

    private static string? LostCells(Workspace space, IReadOnlyCollection<string> promised)
    {
        var cells = File.ReadAllLines(space.At("history/history.jsonl")).Select(HistoryEntry.FromLine).OfType<HistoryEntry>().Select(entry => entry.Input).ToList();
        int old = cells.Count(cell => cell.StartsWith("old ", StringComparison.Ordinal));
        if (old < 5_000 - 10 * WriterCommand.Cells || !cells.Contains($"old {Workspace.OldCells}"))
            return $"the history has {old} old cells left";
        var there = cells.ToHashSet();
        return promised.FirstOrDefault(cell => !there.Contains(cell)) is { } lost ? $"the history has lost '{lost}'" : null;
    }

    private static bool IsSame(Workspace space, Workspace other, string file) => Path.GetExtension(file) switch
    {
        ".png" => Picture.Load(space.At(file)).Values.SequenceEqual(Picture.Load(other.At(file)).Values),
        ".ipynb" => Cells(space.At(file)) == Cells(other.At(file)),
        // Times are in them.
        ".csv" => File.ReadAllLines(space.At(file)).Length == File.ReadAllLines(other.At(file)).Length,
        ".html" => WithoutTimes(space.At(file)) == WithoutTimes(other.At(file)),
        _ => File.ReadAllBytes(space.At(file)).AsSpan().SequenceEqual(File.ReadAllBytes(other.At(file))),
    };

    private static string Cells(string path) =>
        string.Join('\n', Notebook.Load(path).Cells.Select(cell => cell.Source + (cell.Kind == CellKind.Code ? cell.Outputs.ToJsonString() : "")));

    private static string WithoutTimes(string path) => Time().Replace(File.ReadAllText(path), "time");

    [GeneratedRegex(@"[0-9][0-9.]* (ms|s|min)\b")]
    private static partial Regex Time();

    private static void Require(CallOutcome outcome, string call)
    {
        if (outcome.ExitCode != 0)
            throw new InvalidOperationException($"{call} ended with {outcome.ExitCode}: {outcome.Error}{outcome.Output}");
    }
}
