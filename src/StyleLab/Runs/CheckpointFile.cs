using System.Text.Json;
using System.Text.Json.Serialization;
using StyleLab.Networks;
using StyleLab.Json;
using StyleLab.Optimizers;
using StyleLab.Pictures;

namespace StyleLab.Runs;

/// <summary>Checkpoints as safetensors files: vectors as tensors, everything else as JSON in the header.</summary>
internal static class CheckpointFile
{
    private const string Format = "stylelab-run-1", PicturePrefix = "recipe.", OptimizerPrefix = "optimizer.";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerOptions.Strict)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write(string path, Checkpoint checkpoint)
    {
        var carried = new Dictionary<string, Picture>();
        var metadata = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["recipe"] = JsonSerializer.Serialize(checkpoint.Recipe.Written, RecipeJson.Options(new CarriedPictures(carried, new PictureFiles(null)))),
            ["state"] = JsonSerializer.Serialize(new State(
                checkpoint.Pass, checkpoint.StepsOfPass, checkpoint.Course.Best?.Value ?? double.PositiveInfinity, checkpoint.History,
                checkpoint.Evaluations, checkpoint.Elapsed.TotalSeconds, checkpoint.Interrupted, checkpoint.Warnings,
                checkpoint.Optimizer.Numbers, checkpoint.Course), s_json),
        };
        var tensors = new List<KeyValuePair<string, WeightArray>> { Vector("picture", checkpoint.Values), Vector("best", checkpoint.Best) };
        tensors.AddRange(checkpoint.Optimizer.Vectors.Select(v => Vector(OptimizerPrefix + v.Key, v.Value)));
        tensors.AddRange(carried.Select(p => KeyValuePair.Create(
            PicturePrefix + p.Key, StoredPicture.Write(p.Value))));
        WholeFile.Write(path, file => Safetensors.Write(file, tensors, metadata: metadata));
    }

    public static Checkpoint Read(string path, string? folder, Loss? objective = null, Optimizer? optimizer = null)
    {
        try
        {
            using var stream = OrdinaryFile.Open(path, "a run that was saved with result.Save");
            var file = WeightsFile.Open(stream, Quoted.Text(Path.GetFileName(path)));
            var (tensors, metadata) = (file.Read(_ => true), file.Metadata);
            if (metadata.GetValueOrDefault("format") != Format)
                throw new StyleLabException($"{path} is not a run that was saved with result.Save: its format is not {Format}.");
            var carried = tensors.Where(t => t.Key.StartsWith(PicturePrefix, StringComparison.Ordinal)).ToDictionary(
                t => t.Key[PicturePrefix.Length..], t => StoredPicture.Read(t.Value));
            var recipe = RecipeJson.Read(metadata["recipe"], new CarriedPictures(carried, new PictureFiles(folder)), objective, optimizer);
            var state = JsonRecord.Read<State>(metadata["state"], s_json, "What it says of the run");
            if (state.Pass < 0 || state.Pass >= recipe.Passes.Count)
                throw new ArgumentException("it stopped at a size that its recipe does not have");
            if (state.StepsOfPass < 0 || state.StepsOfPass > recipe.Passes[state.Pass].Steps || state.Evaluations < 0)
                throw new ArgumentException("it has taken steps that its recipe does not have");
            var vectors = tensors.Where(t => t.Key.StartsWith(OptimizerPrefix, StringComparison.Ordinal))
                .ToDictionary(t => t.Key[OptimizerPrefix.Length..], t => t.Value.Values);
            var checkpoint = new Checkpoint(recipe, state.Pass, state.StepsOfPass, tensors["picture"].Values,
                new OptimizerMemory(state.Numbers, vectors), tensors["best"].Values, state.Course ?? OlderCourse(state), state.History, state.Evaluations,
                TimeSpan.FromSeconds(state.Seconds), state.Interrupted, state.Warnings);
            if (!checkpoint.Values.All(float.IsFinite) || !checkpoint.Best.All(float.IsFinite))
                throw new ArgumentException("its picture holds values that are not numbers");
            _ = checkpoint.Picture;
            return checkpoint;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StyleLabException($"{path} does not exist (looked for {Path.GetFullPath(path)}).", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StyleLabException($"{path} cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or KeyNotFoundException or IndexOutOfRangeException
            or NotSupportedException or OverflowException)
        {
            throw new StyleLabException($"{path} is not a run that can be continued; it is damaged: {e.Message}", e);
        }
    }

    private static KeyValuePair<string, WeightArray> Vector(string name, float[] values) =>
        KeyValuePair.Create(name, new WeightArray([values.Length], values));

    /// <summary>Runs were kept without a course once.</summary>
    private static Course OlderCourse(State state) => new()
    {
        Unit = state.History.Count > 0 ? 1 : null,
        Best = double.IsFinite(state.BestLoss) ? new LossValues("total", state.BestLoss, []) : null,
    };

    private sealed record State(
        int Pass, int StepsOfPass, double BestLoss, IReadOnlyList<LossValues> History, int Evaluations, double Seconds,
        bool Interrupted, IReadOnlyList<string> Warnings, IReadOnlyDictionary<string, double> Numbers,
        Course? Course = null);
}
