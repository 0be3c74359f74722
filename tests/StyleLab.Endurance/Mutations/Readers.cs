using StyleLab.Cli.Runs;
using System.Text;
using StyleLab.Endurance.Mutations.Inputs;
using StyleLab.Jupyter;
using StyleLab.Jupyter.History;
using StyleLab.Jupyter.Messages;
using StyleLab.Networks.Catalogue;
using StyleLab.Notebooks;
using StyleLab.Pictures.Profiles;
using StyleLab.Tests.Networks.Onnx;
using StyleLab.Tests.Pictures.Profiles;

namespace StyleLab.Endurance.Mutations;

/// <summary>Everything that reads files, or what other programs send.</summary>
internal static class Readers
{
    private const string OtherFormats = "tests/StyleLab.Tests/Pictures/Decoders/fixtures";

    private static readonly string[] s_words = ["null", "\"", "{", "}", "[", "]", ",", ":", "\\u", "\\", "true", "-", "e", "."];

    private static readonly Dictionary<string, Func<Reader>> s_all = new()
    {
        ["notebook"] = Notebooks,
        ["dib"] = Dibs,
        ["publish"] = PublishedNotebooks,
        ["markdown"] = () => Published(CellKind.Markdown, PublishInputs.Markdown(), PublishInputs.MarkdownWords),
        ["code cell"] = () => Published(CellKind.Code, PublishInputs.Code(), PublishInputs.CodeWords),
        ["recipe"] = Recipes,
        ["picture with recipe"] = PicturesWithRecipe,
        ["saved run"] = SavedRuns,
        ["png"] = () => Pictures("tests/StyleLab.Tests/Pictures/fixtures/png", "*.png") with { Mended = PngInputs.WithChecksums },
        ["jpeg"] = () => Pictures("tests/StyleLab.Tests/Pictures/Jpeg/fixtures", "*.jpg"),
        ["profile"] = Profiles,
        ["webp"] = () => Pictures(OtherFormats, "*.webp"),
        ["gif"] = () => Pictures(OtherFormats, "*.gif"),
        ["bmp"] = () => Pictures(OtherFormats, "*.bmp"),
        ["icon"] = () => Pictures(OtherFormats, "*.ico"),
        ["rare jpeg"] = () => Pictures(OtherFormats, "*.jpg"),
        ["safetensors"] = () => Weights("*.safetensors") with { Structure = SafetensorsInputs.WithHeader },
        ["pytorch"] = () => Weights("*.pt*"),
        ["numpy"] = () => Weights("*.np*"),
        ["onnx"] = Networks,
        ["network description"] = Descriptions,
        ["cache record"] = CacheRecords,
        ["connection file"] = ConnectionFiles,
        ["kernel message"] = Messages,
        ["history"] = Histories,
    };

    private static readonly Dictionary<string, Reader> s_made = [];

    public static IReadOnlyList<string> Names { get; } = [.. s_all.Keys.Select(FileName)];

    /// <summary>A reader by name, made once in a process.</summary>
    public static Reader Of(string name) => s_made.TryGetValue(name, out var made)
        ? made
        : s_made[name] = s_all.First(reader => FileName(reader.Key) == name).Value() with { Name = name };

    private static string FileName(string name) => name.Replace(' ', '-');

    private static Reader Notebooks() => new("", NotebookInputs.Notebooks(), input =>
    {
        var notebook = Notebook.Parse(Text(input));
        foreach (var cell in notebook.Cells)
            _ = (cell.Kind, cell.Source, cell.Tags, cell.Language, cell.ExecutionCount, cell.Outputs.Count, cell.Metadata.Count);
        string json = notebook.ToJson();
        if (Notebook.Parse(json).ToJson() != json)
            throw new InvalidOperationException("The notebook is written otherwise the second time.");
        DibFormat.Write(notebook);
        CSharpNotebook.AddTo(notebook);
    })
    {
        Structure = JsonMutation.Of, Tokens = s_words,
    };

    private static Reader Dibs() => new("", NotebookInputs.Dibs(), input =>
    {
        var notebook = DibFormat.Parse(Text(input), "mutated.dib");
        DibFormat.Parse(DibFormat.Write(notebook), "again.dib");
        notebook.ToJson();
    })
    {
        Structure = NotebookInputs.WithMeta, Tokens = [.. s_words, "#!", "#!meta\n", "#!csharp\n", "#!markdown\n", "\n"],
    };

    private static Reader PublishedNotebooks() => new("", NotebookInputs.Notebooks(), input => PublishInputs.Publish(Notebook.Parse(Text(input))))
    {
        Structure = JsonMutation.Of, Tokens = s_words,
    };

    private static Reader Published(CellKind kind, List<byte[]> samples, IReadOnlyList<string> words) => new("", samples, input =>
    {
        var notebook = Notebook.Create();
        notebook.Insert(0, kind, Text(input));
        PublishInputs.Publish(notebook);
    })
    {
        Tokens = words,
    };

    private static Reader Recipes() => new("", RunInputs.Recipes(), input => Recipe.FromJson(Text(input), RunInputs.Folder))
    {
        Structure = JsonMutation.Of, Tokens = s_words,
    };

    private static Reader PicturesWithRecipe() => new("", RunInputs.Pictures(), input => Recipe.Of(Picture.Decode(input), RunInputs.Folder))
    {
        Mended = PngInputs.WithChecksums,
    };

    private static Reader SavedRuns() => new("", RunInputs.Runs(), AsFile(path => SynthesisResult.Load(path, RunInputs.Folder)))
    {
        Structure = SafetensorsInputs.WithMetadata,
    };

    private static Reader Pictures(string folder, string pattern) => new("", Files(folder, pattern), input => Picture.Decode(input));

    private static Reader Profiles() => new("",
    [
        ProfileBytes.Colors(ProfileBytes.DisplayP3, ProfileBytes.Parametric(4, 2.4, 0.94, 0.06, 0.08, 0.05, 0.001, 0.0)), ProfileBytes.Colors(ProfileBytes.AdobeRgb, ProfileBytes.Table(40, x => x * x)),
        TableProfileBytes.Classic(8, isLab: true, 4), TableProfileBytes.Classic(16, isLab: false, 3), TableProfileBytes.Modern(8, isLab: false), TableProfileBytes.Modern(16, isLab: true),
    ], input =>
    {
        var read = IccProfile.Read(input, isGrey: false)?.ToSrgb(Picture.Noise(5, 4, seed: 1, (0.5f, 0.5f, 0.5f), sigma: 0.3));
        if (read is not null && !read.Values.All(value => value is >= 0 and <= 1))
            throw new InvalidOperationException("A profile leads out of the range of colours.");
    });

    private static Reader Weights(string pattern) => new("", Files("tests/golden/weights", pattern), AsFile(path =>
    {
        using var file = WeightsFile.Open(path);
        foreach (var tensor in file.Tensors)
            file.Read(tensor.Name);
    }));

    private static Reader Networks() => new("", [.. Enum.GetValues<OnnxBytes.Form>().Select(OnnxModels.Residual)], input =>
    {
        File.WriteAllBytes(NetworkInputs.OnnxFile, input);
        using (var file = WeightsFile.Open(NetworkInputs.OnnxFile))
            file.Read(tensor => !tensor.Contains("complex", StringComparison.Ordinal));
        LossNetwork.Load(NetworkInputs.OnnxFile);
    })
    {
        Tokens = ["Conv", "Add", "Pad", "Slice", "conv1.weight", "\u0001", "\u007f"],
    };

    private static Reader Descriptions() => new("", [NetworkInputs.Description()], input =>
    {
        File.WriteAllBytes(NetworkInputs.DescriptionFile, input);
        LossNetwork.Load(NetworkInputs.DescriptionFile);
    })
    {
        Structure = JsonMutation.Of, Tokens = s_words,
    };

    private static Reader CacheRecords() => new("", [NetworkInputs.CacheRecord()], AsFile(path => CacheRecord.Read(path)))
    {
        Structure = JsonMutation.Of, Tokens = s_words,
    };

    private static Reader ConnectionFiles() => new("", [KernelInputs.ConnectionFile()], AsFile(path =>
    {
        var file = ConnectionFile.Load(path);
        // Names are looked up in the network, which is no reading.
        if (file.Transport != "tcp" || System.Net.IPAddress.TryParse(file.Ip, out _))
            file.Address(file.ShellPort);
    }))
    {
        Structure = JsonMutation.Of, Tokens = s_words,
    };

    private static Reader Messages() => new("", KernelInputs.Messages(), KernelInputs.Read) { Structure = KernelInputs.WithFrame, Tokens = s_words };

    private static Reader Histories() => new("", [KernelInputs.History()], AsFile(path =>
    {
        var file = new HistoryFile(path);
        file.Load();
        file.Add(1, "mutated", null);
    }))
    {
        Structure = KernelInputs.WithLine, Tokens = [.. s_words, "\n"],
    };

    private static Action<byte[]> AsFile(Action<string> read) => input =>
    {
        File.WriteAllBytes(RunInputs.InputFile, input);
        read(RunInputs.InputFile);
    };

    private static List<byte[]> Files(string folder, string pattern) =>
    [
        .. Directory.GetFiles(Path.Combine(StyleLab.Jupyter.Tests.RealClients.Repository.Folder, folder), pattern)
            .Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
    ];

    private static string Text(byte[] input) => Encoding.UTF8.GetString(input);
}
