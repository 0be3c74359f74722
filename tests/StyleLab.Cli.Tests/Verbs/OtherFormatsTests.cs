using System.Text.Json.Nodes;
using StyleLab.Notebooks;
using StyleLab.Notebooks.Tests;

namespace StyleLab.Cli.Tests.Verbs;

/// <summary>Formats that a library reads, which the command carries.</summary>
public sealed class OtherFormatsTests : IDisposable
{
    private const string Users =
        """
        #r "nuget: SkiaSharp, 3.119.4"
        #r "nuget: SkiaSharp.NativeAssets.Linux.NoDependencies, 3.119.4"
        using SkiaSharp;
        var bitmap = SKBitmap.Decode("scene.webp");
        $"{typeof(SKBitmap).Assembly.GetName().Version}: {bitmap.Width}×{bitmap.Height}"
        """;

    private const string Ours = "#r \"StyleLab\"\nusing StyleLab;\nPicture.Load(\"scene.webp\").ToString()";

    private readonly Stylelab _stylelab = new();

    public OtherFormatsTests() => File.Copy(Path.Combine(AppContext.BaseDirectory, "lossless.webp"), _stylelab.At("scene.webp"));

    public void Dispose() => _stylelab.Dispose();

    [Fact]
    public async Task A_WebP_is_compared_and_painted()
    {
        var compared = (await _stylelab.RunAsync("compare scene.webp scene.webp")).Succeeds();
        Assert.Contains("∞ dB", compared.Output);
        (await _stylelab.RunAsync("transfer scene.webp style.png -o painted.png --size 24 --steps 2 --network vgg19-slim")).Succeeds();
        (await _stylelab.RunAsync("reproduce painted.png -o again.png")).Succeeds();
        Assert.Equal(Picture.Load(_stylelab.At("painted.png")).Values, Picture.Load(_stylelab.At("again.png")).Values);
    }

    [Fact]
    public async Task A_kernel_that_meets_no_such_file_loads_no_such_library() => Assert.Equal(
        ["Picture 48×40", "no"],
        await ValuesAsync("#r \"StyleLab\"\nusing StyleLab;\nPicture.Load(\"content.png\").ToString()",
            "AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name.Contains(\"Skia\")) ? \"yes\" : \"no\""));

    [NetworkFact]
    public async Task Users_who_load_another_version_first_get_theirs_and_we_ours() =>
        Assert.Equal(["3.119.0.0: 19×16", "Picture 19×16"], await ValuesAsync(Users, Ours));

    [NetworkFact]
    public async Task Users_who_load_another_version_later_get_theirs_too() =>
        Assert.Equal(["Picture 19×16", "3.119.0.0: 19×16"], await ValuesAsync(Ours, Users));

    [NetworkFact]
    public async Task A_HEIC_is_refused_with_what_to_do_and_read_once_a_cell_has_done_it()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "even.heic"), _stylelab.At("phone.heic"));
        var refused = await _stylelab.RunAsync("compare phone.heic style.png");
        Assert.Equal("phone.heic holds a HEIC picture, which is not read: `#r \"nuget: Magick.NET-Q8-AnyCPU\"` in a cell reads it; "
            + "or save it as PNG or JPEG first, with any image program or by `magick INPUT output.png`.", refused.Error.Trim());
        Assert.Equal(["Picture 48×32"], await ValuesAsync("#r \"StyleLab\"\n#r \"nuget: Magick.NET-Q8-AnyCPU, 15.1.0\"\nusing StyleLab;\nPicture.Load(\"phone.heic\").ToString()"));
    }

    private static string Text(JsonNode lines) => lines is JsonArray array ? string.Concat(array.Select(line => (string)line!)) : (string)lines!;

    private async Task<List<string>> ValuesAsync(params string[] cells)
    {
        var notebook = Notebook.Create();
        foreach (string cell in cells)
            notebook.Insert(notebook.Cells.Count, CellKind.Code, cell);
        notebook.Save(_stylelab.At("formats.ipynb"));
        (await _stylelab.RunAsync("run formats.ipynb")).Succeeds();
        return [.. Notebook.Load(_stylelab.At("out/formats.ipynb")).Cells.SelectMany(cell => cell.Outputs)
            .Where(output => (string?)output!["output_type"] == "execute_result")
            .Select(output => Text(output!["data"]!["text/plain"]!))];
    }
}
