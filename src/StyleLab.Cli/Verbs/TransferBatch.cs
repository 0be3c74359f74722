using StyleLab.Cli.Parsing;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Progress;
using StyleLab.Cli.Runs;
using StyleLab.Runs;

namespace StyleLab.Cli.Verbs;

/// <summary>The same transfer for many content pictures: a bad one is told and left out, and the same call goes on where it stopped.</summary>
/// <param name="settings">The settings of all.</param>
/// <param name="contents">Files of the content pictures.</param>
/// <param name="folder">Where the results go, each under the name of its content.</param>
/// <param name="saveEvery">Steps between pictures that are saved on the way, or null.</param>
/// <param name="json">True to print one JSON object a picture.</param>
internal sealed class TransferBatch(TransferSettings settings, IReadOnlyList<string> contents, string folder, int? saveEvery, bool json)
{
    private readonly Dictionary<(string, int), Picture> _styles = [];
    private int _made, _kept;
    private bool _isElsewhere;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Interruption interruption)
    {
        var outputs = contents.Select(OutputOf).ToList();
        if (outputs.Index().GroupBy(output => output.Item).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new WrongCallException(
                $"{string.Join(" and ", twice.Select(output => contents[output.Index]))} would both be written to {twice.Key}: rename one, or run them one after the other.");
        if (contents.FirstOrDefault(content => IsIn(content, folder)) is { } inside)
            throw new WrongCallException($"The results cannot go into {folder}, where the content {inside} lies: give another folder.");
        if (contents.FirstOrDefault(content => !File.Exists(content)) is { } missing)
            throw new WrongCallException($"{missing} does not exist (looked for {Path.GetFullPath(missing)}).");
        interruption.Begin(InterruptedAt(0));
        // Mistakes that concern all are said once, with a picture that is there.
        _ = await interruption.UnlessAskedAsync(() => settings.Synthesize(new Picture(settings.LongSide, settings.LongSide), Style));
        OutputFile.RequireFolder(folder);

        var failed = new List<string>();
        for (int i = 0; i < contents.Count; i++)
        {
            interruption.Begin(InterruptedAt(i));
            Console.Error.WriteLine($"{contents[i]} ({i + 1} of {contents.Count})");
            try
            {
                if (!await MakeAsync(contents[i], outputs[i], interruption))
                    throw new InterruptedException(InterruptedAt(i));
            }
            catch (Exception error) when (error is StyleLabException or WrongCallException or ArgumentException or InsufficientMemoryException)
            {
                Console.Error.WriteLine($"{contents[i]} failed: {error.Message}");
                failed.Add(contents[i]);
            }
        }
        if (!json)
            Console.WriteLine($"{folder} · {_made} of {contents.Count} pictures{(_kept > 0 ? $", {_kept} of them kept from before" : "")}");
        if (failed.Count > 0)
            Console.Error.WriteLine($"{failed.Count} of {contents.Count} pictures failed: {string.Join(", ", failed)}.");
        return failed.Count > 0 || _isElsewhere ? ExitCode.Failed : ExitCode.Done;
    }

    private string InterruptedAt(int place) => $"Interrupted at {contents[place]}, {place + 1} of {contents.Count}: the same call goes on from there.";

    /// <summary>Makes a picture unless it is there; false if it was interrupted.</summary>
    private async Task<bool> MakeAsync(string content, string output, Interruption interruption)
    {
        var saver = new StepSaver(output, saveEvery);
        if (await interruption.UnlessAskedAsync(() => Prepare(content, output, saver.Checkpoint)) is not { } run)
        {
            (_made, _kept) = (_made + 1, _kept + 1);
            return true;
        }
        var result = await SynthesisProgress.RunAsync(run, interruption, saveEvery is null ? null : saver.See);
        SynthesisOutcome.Warn(result);
        if (result.Interrupted)
        {
            saver.Keep(result);
            return false;
        }
        string saved = Rescue.Save(output, result.Picture.Save);
        if (saved == output)
            saver.Discard();
        else
            _isElsewhere = true;
        Console.WriteLine(json ? SynthesisReport.Json(result, saved) : SynthesisReport.Line(result, saved));
        if (result.Diverged)
            throw new StyleLabException("the objective ended as NaN or infinity; check the weights of its terms.");
        _made++;
        return true;
    }

    /// <summary>The run of a picture, which may go on from what an earlier call left; null if the picture is there.</summary>
    private Synthesis? Prepare(string content, string output, string checkpoint)
    {
        var wanted = settings with { Content = content };
        var run = wanted.Synthesize(Inputs.Picture(content, settings.LongSide), Style);
        OutputPicture.Check(output, wanted.Files);
        return IsMade(output, run.Recipe) ? null : Resumption.TryOf(checkpoint, run) ?? run;
    }

    /// <summary>True if the file is a picture of this very recipe: the same pictures, settings and version.</summary>
    private static bool IsMade(string output, Recipe recipe)
    {
        try
        {
            return File.Exists(output) && RecipeHash.Of(Recipe.Of(Picture.Load(output))) == RecipeHash.Of(recipe);
        }
        catch (StyleLabException)
        {
            return false;
        }
    }

    private Picture Style(string path, int size) =>
        _styles.TryGetValue((path, size), out var style) ? style : _styles[(path, size)] = Inputs.Picture(path, size);

    /// <summary>Under the content's name, with its extension where a JPEG and a PNG have one name.</summary>
    private string OutputOf(string content)
    {
        string name = Path.GetFileNameWithoutExtension(content);
        bool isShared = contents.Count(other => Path.GetFileNameWithoutExtension(other) == name) > 1;
        return Path.Combine(folder, (isShared ? Path.GetFileName(content) : name) + ".png");
    }

    private static bool IsIn(string file, string folder) => Path.GetDirectoryName(Path.GetFullPath(file)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
