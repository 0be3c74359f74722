using StyleLab.Cli.Runs;
using System.Text;

namespace StyleLab.Endurance.Mutations.Inputs;

/// <summary>Valid recipes and saved runs, and the pictures they name.</summary>
internal static class RunInputs
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");

    /// <summary>Where the pictures of the recipes are.</summary>
    public static string Folder { get; } = Directory.CreateTempSubdirectory("stylelab-mutate-").FullName;

    /// <summary>The file for readers that take one.</summary>
    public static string InputFile { get; } = Path.Combine(Directory.CreateTempSubdirectory("stylelab-mutate-").FullName, "input");

    public static List<byte[]> Recipes() => [.. Runs(Content(), Style()).Select(run => Encoding.UTF8.GetBytes(Relative(run.Recipe.ToJson())))];

    public static List<byte[]> Pictures() => [.. Recipes().Select(json =>
        Picture.Noise(20, 16, 3, (0.5f, 0.5f, 0.5f), 0.2).WithText(Recipe.TextKeyword, Encoding.UTF8.GetString(json)).EncodePng())];

    public static List<byte[]> Runs() => [.. Runs(Content(), Style()).Select(run => SavedAsync(run).GetAwaiter().GetResult())];

    private static IEnumerable<Synthesis> Runs(Picture content, Picture style)
    {
        yield return s_network.Synthesize(
            0.2 * Loss.Content(content, "relu1_1") + Loss.Style(style, "input,relu1_1", layerWeights: [1, 2], guide: content.Luminance()) + 0.5 * Loss.TotalVariation(),
            Start.Blurred(2), Optimizer.Lbfgs(6, history: 3), sizes: [16, 20], margin: 2, keepColors: true);
        yield return s_network.Synthesize(
            Annealing.Linear(1, 0.5) * Loss.Content(content.MatchColors(style), "relu1_1") + Loss.Range(),
            Start.Noise(5, 0.1), Optimizer.Adam(6, 0.03, 0.9, Annealing.Cosine()), sizes: [20], margin: 0, colorsOf: style);
        yield return s_network.Synthesize(
            Loss.StyleAnalogy(content, content.Blur(1), style, "relu1_1") + Loss.LowResolution(content.Resize(10, 8)),
            Start.From(content), Optimizer.Lbfgs(4), sizes: [20], margin: 0);
    }

    private static async Task<byte[]> SavedAsync(Synthesis run)
    {
        string path = Path.Combine(Folder, "run.safetensors");
        await foreach (var step in run)
        {
            if (step.Index < 3)
                continue;
            step.Save(path);
            break;
        }
        using var file = WeightsFile.Open(path);
        var metadata = file.Metadata.ToDictionary(text => text.Key, text => text.Key == "recipe" ? Relative(text.Value) : text.Value);
        using var stream = new MemoryStream();
        Safetensors.Write(stream, file.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, file.Read(tensor.Name))), metadata: metadata);
        return stream.ToArray();
    }

    // The same text in every process.
    private static string Relative(string json) => json.Replace($"{Folder}/", "", StringComparison.Ordinal);

    private static Picture Content() => Made("content.png", 11);

    private static Picture Style() => Made("style.png", 12);

    private static Picture Made(string name, int seed)
    {
        string path = Path.Combine(Folder, name);
        Picture.Noise(20, 16, seed, (0.6f, 0.5f, 0.4f), 0.2).Blur(1).Clamp().Save(path);
        return Picture.Load(path);
    }
}
