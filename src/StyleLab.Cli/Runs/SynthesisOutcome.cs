using StyleLab.Cli.Parsing;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Progress;

namespace StyleLab.Cli.Runs;

/// <summary>What the verbs that make one picture have in common: run with progress, save, report.</summary>
internal static class SynthesisOutcome
{
    /// <summary>Runs, and writes the picture; that of an interrupted run as well.</summary>
    /// <returns>The exit code.</returns>
    /// <param name="run">The run.</param>
    /// <param name="interruption">Ctrl-C.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="json">True to report as one JSON object.</param>
    /// <param name="saveEvery">Steps between pictures that are saved on the way, or null.</param>
    /// <param name="verb">The verb that can resume the run.</param>
    public static async Task<int> SaveAsync(Synthesis run, Interruption interruption, string output, bool json, int? saveEvery, string verb)
    {
        if (!OutputPicture.IsPng(output))
            Console.Error.WriteLine($"{output} will not carry the recipe: only a PNG does, and can be made again with `stylelab reproduce`.");

        var saver = new StepSaver(output, saveEvery);
        var result = await SynthesisProgress.RunAsync(run, interruption, saveEvery is null ? null : saver.See);

        Warn(result);
        if (result.Picture.Alpha is not null && !OutputPicture.IsPng(output))
            Console.Error.WriteLine($"{output} is laid over white: only a PNG can be transparent.");
        string saved = Rescue.Save(output, result.Picture.Save);
        Console.WriteLine(json ? SynthesisReport.Json(result, saved) : SynthesisReport.Line(result, saved));
        if (!result.Interrupted && saved == output)
            saver.Finish();
        else if (result.Interrupted)
        {
            string size = $"{result.Picture.Width}×{result.Picture.Height}";
            Console.Error.WriteLine(
                $"Interrupted after step {result.History.Count} of {run.Steps}: {saved} is the picture so far, {size} of {run.Recipe.Passes[^1].Size}.");
            if (saver.Keep(result) is { } checkpoint)
                Console.Error.WriteLine($"To go on: stylelab {verb} --resume {Word(checkpoint)} -o {Word(output)}");
        }
        return result.Interrupted || result.Diverged || saved != output ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>Says what a run warns of.</summary>
    public static void Warn(SynthesisResult result)
    {
        foreach (var warning in result.Warnings)
            Console.Error.WriteLine("Warning: " + warning);
    }

    private static string Word(string path) => path.Contains(' ') ? $"\"{path}\"" : path;
}
