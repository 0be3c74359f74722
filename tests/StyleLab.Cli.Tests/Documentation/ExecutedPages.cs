using System.Text.RegularExpressions;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Tests.Documentation;

/// <summary>The C# of the pages, a notebook each. One call runs them all: then the compiler itself is compiled once.</summary>
public sealed partial class ExecutedPages : IDisposable
{
    private readonly Stylelab _stylelab = new();
    private readonly Lazy<Task<Outcome>> _run;

    public ExecutedPages() => _run = new(RunAsync);

    public void Dispose() => _stylelab.Dispose();

    public static IEnumerable<string> WithCSharp => Page.All.Where(page => Page.SnippetsOf(page).Any(snippet => snippet.Language == "csharp"));

    /// <summary>The executed notebook of a page, and what was said of all.</summary>
    public async Task<(Notebook Executed, string Said)> OfAsync(string page)
    {
        var outcome = await _run.Value;
        string file = _stylelab.At($"out/{NameOf(page)}");
        Assert.True(File.Exists(file), outcome.Error);
        return (Notebook.Load(file), outcome.Error);
    }

    private static string NameOf(string page) => Path.ChangeExtension(page.Replace('/', '-'), ".ipynb");

    private async Task<Outcome> RunAsync()
    {
        ProvideInputs();
        foreach (string page in WithCSharp)
        {
            var notebook = Notebook.Create();
            notebook.Insert(0, CellKind.Code, "string[] args = [\"photo.png\", \"painting.png\"];");
            foreach (var snippet in Page.SnippetsOf(page).Where(snippet => snippet.Language == "csharp"))
            {
                string code = snippet.Code.Contains("#r \"StyleLab\"", StringComparison.Ordinal) ? snippet.Code : "#r \"StyleLab\"\nusing StyleLab;\n" + snippet.Code;
                notebook.Insert(notebook.Cells.Count, CellKind.Code, snippet.Mark == Page.CompileOnly ? NeverRun(code) : code);
            }

            notebook.Save(_stylelab.At($"notebooks/{NameOf(page)}"));
        }

        return await _stylelab.RunAsync("run notebooks");
    }

    /// <summary>The code where the compiler reads it and nobody calls it; directives stand before.</summary>
    private static string NeverRun(string code)
    {
        var lines = code.Split('\n').ToLookup(line => line.StartsWith("#r", StringComparison.Ordinal) || UsingDirective().IsMatch(line));
        string body = string.Join('\n', lines[false]);
        if (body.TrimEnd() is { Length: > 0 } text && text[^1] is not (';' or '}'))
            body = body.TrimEnd() + ";";
        return $"{string.Join('\n', lines[true])}\nasync Task NeverRun()\n{{\n#pragma warning disable\nawait Task.Yield();\n{body}\n}}";
    }

    /// <summary>What the snippets name: the pictures of the repository, small, and files of weights.</summary>
    private void ProvideInputs()
    {
        Directory.CreateDirectory(_stylelab.At("notebooks/folder"));

        // Pages speak from the repository's folder, and of notebooks beside it.
        foreach (string folder in (string[])["data/pictures", "notebooks/data/pictures"])
        {
            Directory.CreateDirectory(_stylelab.At(folder));
            foreach (string file in Directory.GetFiles(Path.Combine(Page.Repository, "data", "pictures"), "*.png"))
                Picture.Load(file).Fit(64).Save(_stylelab.At($"{folder}/{Path.GetFileName(file)}"));
        }

        foreach (string name in (string[])["photo", "painting", "night", "mosaic", "content", "style"])
            Pictures.Content(64, 48).Save(_stylelab.At($"notebooks/{name}.png"));
        var slim = LossNetwork.Load("vgg19-slim");
        slim.Save(_stylelab.At("notebooks/folder/vgg19.safetensors"));

        // What a file is shows in its contents, not in its name.
        WriteWeights("notebooks/checkpoint.pth", ("state_dict.features.0.weight", [8, 3, 3, 3]), ("state_dict.features.0.bias", [8]));
        File.WriteAllText(_stylelab.At("notebooks/folder/my-net.json"), Page.SnippetsOf("docs/networks.md").First(snippet => snippet.Language == "json").Code);
        WriteWeights("notebooks/folder/my-net.safetensors",
            ("stem.0.weight", [32, 3, 5, 5]), ("stem.1.weight", [32]), ("stem.1.bias", [32]), ("stem.1.running_mean", [32]), ("stem.1.running_var", [32]),
            ("conv2.weight", [64, 32, 3, 3]), ("conv2.bias", [64]), ("conv3.weight", [128, 64, 3, 3]), ("conv3.bias", [128]));
    }

    private void WriteWeights(string file, params (string Name, int[] Shape)[] tensors)
    {
        using var stream = File.Create(_stylelab.At(file));
        Safetensors.Write(stream, tensors.Select(tensor => KeyValuePair.Create(
            tensor.Name, new WeightArray(tensor.Shape, [.. Enumerable.Repeat(0.5f, tensor.Shape.Aggregate(1, (count, side) => count * side))]))));
    }

    [GeneratedRegex(@"^using\s+(static\s+)?[\w.]+(\s*=[^;]+)?;")]
    private static partial Regex UsingDirective();
}
