using System.Text.RegularExpressions;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Tests.Documentation;

/// <summary>What README and docs tell people to type is right.</summary>
public sealed partial class SnippetTests : IDisposable
{
    private static readonly Dictionary<string, string> s_help = [];

    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    public static TheoryData<string> PagesWithCSharp => [.. Page.All.Where(page => Page.SnippetsOf(page).Any(snippet => snippet.Language == "csharp"))];

    public static TheoryData<string, string> Commands
    {
        get
        {
            var commands = new TheoryData<string, string>();
            var known = new HashSet<(string, string)>();
            foreach (string page in Page.All)
                foreach (var snippet in Page.SnippetsOf(page).Where(snippet => snippet.Language is "" or "bash" or "sh" or "shell" or "console"))
                    foreach (string line in snippet.Code.Replace("\\\n", " ").Split('\n'))
                        if (Call().Match(line) is { Success: true } call && known.Add((page, call.Groups["call"].Value.Trim())))
                            commands.Add(page, call.Groups["call"].Value.Trim());
            return commands;
        }
    }

    [Theory]
    [MemberData(nameof(PagesWithCSharp))]
    public async Task The_snippets_of_a_page_run_one_after_the_other(string page)
    {
        ProvideInputs();
        var notebook = Notebook.Create();
        notebook.Insert(0, CellKind.Code, "string[] args = [\"photo.png\", \"painting.png\"];");
        foreach (var snippet in Page.SnippetsOf(page).Where(snippet => snippet.Language == "csharp"))
        {
            string code = snippet.Code.Contains("#r \"StyleLab\"", StringComparison.Ordinal) ? snippet.Code : "#r \"StyleLab\"\nusing StyleLab;\n" + snippet.Code;
            notebook.Insert(notebook.Cells.Count, CellKind.Code, snippet.Mark == Page.CompileOnly ? NeverRun(code) : code);
        }

        notebook.Save(_stylelab.At("notebooks/page.ipynb"));
        (await _stylelab.RunAsync("run notebooks/page.ipynb")).Succeeds();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task The_verbs_and_options_of_a_page_exist(string page, string call)
    {
        string[] words = call.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string verb = string.Join(' ', words.TakeWhile(word => VerbWord().IsMatch(word)).Take(words[0] is "kernel" or "networks" ? 2 : 1));
        if (!s_help.TryGetValue(verb, out string? help))
            s_help[verb] = help = (await _stylelab.RunAsync($"{verb} --help")).Succeeds().Output;
        foreach (string option in words.Where(word => word.StartsWith('-') && word.Length > 1 && !char.IsDigit(word[1])))
            Assert.True(help.Contains(option.Split('=')[0], StringComparison.Ordinal), $"{page}: stylelab {verb} has no {option}.");
    }

    [Fact]
    public void There_are_some() => Assert.True(PagesWithCSharp.Cast<object>().Count() >= 3 && Commands.Cast<object>().Count() >= 5);

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

    [GeneratedRegex(@"^(?:dotnet run .*StyleLab\.Cli -- |stylelab )(?<call>[a-z].*)$")]
    private static partial Regex Call();

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex VerbWord();

    [GeneratedRegex(@"^using\s+(static\s+)?[\w.]+(\s*=[^;]+)?;")]
    private static partial Regex UsingDirective();
}
