using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Tests;

/// <summary>Values of other libraries, as the real packages make them.</summary>
public sealed class KnownValuesTests : IDisposable
{
    private readonly RecordedSession _session = new();

    public void Dispose() => _session.Dispose();

    [NetworkFact]
    public async Task Charts_are_data_for_plotly_HTML_that_finds_it_and_a_line_of_text()
    {
        await _session.ValueAsync("#r \"nuget: Plotly.NET.CSharp, 0.14.0\"");
        var chart = await ShownAsync("var chart = Plotly.NET.CSharp.Chart.Line<int, int, string>(x: new[] { 1, 2 }, y: new[] { 5, 3 }, Name: \"</script>\"); chart");
        var figure = JsonNode.Parse(chart[MimeTypes.Plotly]!)!;
        Assert.Equal("[5,3]", figure["data"]![0]!["y"]!.ToJsonString());
        Assert.Equal("</script>", (string?)figure["data"]![0]!["name"]);
        Assert.Equal("Plotly chart: scatter", chart[MimeTypes.PlainText]);
        string html = chart[MimeTypes.Html]!;
        Assert.Single(html.Split("</script>")[1..]);
        Assert.InRange(html.Length, 100, 40_000);
        Assert.NotNull(PlotlyScript.Latest());

        // In a list it is drawn too, and called what it is.
        await _session.ValueAsync("new[] { new { Epoch = 1, Chart = chart } }");
        Assert.Contains("<td><div id=\"plotly-", Assert.Single(_session.Results).Data[MimeTypes.Html]);
    }

    [NetworkFact]
    public async Task XPlot_shows_below_the_cell_and_opens_no_browser()
    {
        await _session.ValueAsync("#r \"nuget: XPlot.Plotly, 4.1.0\"\nusing XPlot.Plotly;");
        var shown = await ShownAsync("var bars = Chart.Plot(new Bar { x = new[] { \"a\", \"b\" }, y = new[] { 3, 4 } }); bars.WithTitle(\"Counts\"); bars");
        Assert.Equal("{\"data\":[{\"type\":\"bar\",\"x\":[\"a\",\"b\"],\"y\":[3,4]}],\"layout\":{\"title\":\"Counts\",\"width\":900,\"height\":500}}", shown[MimeTypes.Plotly]);
        Assert.Contains("style=\"width:900px;height:500px\"", shown[MimeTypes.Html]);
        Assert.Equal("Plotly chart “Counts”: bar", shown[MimeTypes.PlainText]);

        await _session.ValueAsync("bars.Show(); Chart.Show(bars); Chart.ShowAll(new[] { bars, bars });");
        Assert.Equal(4, _session.Outputs.OfType<DisplayOutput>().Count(output => output.Data.Contains(MimeTypes.Plotly)));
        await _session.ValueAsync("bars.Show()");
        Assert.Single(_session.Outputs);

        // Other things of that name are left alone.
        Assert.Equal(8, await _session.ValueAsync("class Door { public int Show() => 8; }\nnew Door().Show()"));
    }

    [NetworkFact]
    public async Task Pictures_of_Skia_and_plots_of_ScottPlot_are_PNG()
    {
        await _session.ValueAsync(
            "#r \"nuget: ScottPlot, 5.1.59\"\nusing SkiaSharp;\nvar bitmap = new SKBitmap(40, 30); bitmap.Erase(SKColors.Tomato);\n" +
            "var surface = SKSurface.Create(new SKImageInfo(40, 30)); surface.Canvas.Clear(SKColors.Teal);");
        Assert.Single(_session.Outputs.OfType<DisplayOutput>()); // Nothing is said of an extension.
        foreach (string shown in (string[])["bitmap", "SKImage.FromBitmap(bitmap)", "bitmap.PeekPixels()", "surface"])
            AssertPng(await ShownAsync(shown), 40, 30);
        AssertPng(await ShownAsync(
            "var recorder = new SKPictureRecorder(); recorder.BeginRecording(SKRect.Create(60, 40)).Clear(SKColors.Red); recorder.EndRecording()"), 60, 40);
        var plot = await ShownAsync("var plot = new ScottPlot.Plot(); plot.Add.Scatter(new double[] { 1, 2 }, new double[] { 3, 4 }); plot");
        AssertPng(plot, 600, 400);
        Assert.Equal("ScottPlot.Plot, 600×400", plot[MimeTypes.PlainText]);
        var color = await ShownAsync("SKColors.Tomato.WithAlpha(128)");
        Assert.Contains("background:#ff634780", color[MimeTypes.Html]);
        Assert.Equal("#80ff6347", color[MimeTypes.PlainText]);
    }

    [NetworkFact]
    public async Task Images_of_ImageSharp_and_Magick()
    {
        await _session.ValueAsync("#r \"nuget: SixLabors.ImageSharp, 2.1.13\"\n#r \"nuget: Magick.NET-Q8-AnyCPU, 15.1.0\"\nusing SixLabors.ImageSharp.PixelFormats;");
        AssertPng(await ShownAsync("var image = new SixLabors.ImageSharp.Image<Rgba32>(30, 20); image"), 30, 20);
        var moving = await ShownAsync("image.Frames.CreateFrame(); image");
        Assert.Equal("GIF8"u8, Convert.FromBase64String(moving[MimeTypes.Gif]!).AsSpan(0, 4));
        AssertPng(await ShownAsync("var one = new ImageMagick.MagickImage(ImageMagick.MagickColors.Orange, 25, 15); one"), 25, 15);
        var several = await ShownAsync("new ImageMagick.MagickImageCollection { one, (ImageMagick.MagickImage)one.Clone() }");
        Assert.Equal(("MagickImageCollection, 2 images", true), (several[MimeTypes.PlainText], several.Contains(MimeTypes.Gif)));
        Assert.Equal("[ Image<Rgba32>, 30×20 ]", (await ShownAsync("new[] { image }"))[MimeTypes.PlainText]);
    }

    [NetworkFact]
    public async Task Data_frames_and_data_views_are_tables_of_their_first_rows()
    {
        await _session.ValueAsync("#r \"nuget: Microsoft.Data.Analysis, 0.23.1\"\n#r \"nuget: Microsoft.ML, 5.0.1\"");
        Assert.Single(_session.Outputs.OfType<DisplayOutput>());
        var frame = await ShownAsync(
            "using Microsoft.Data.Analysis;\nvar frame = new DataFrame(new StringDataFrameColumn(\"name\", new[] { \"a<b\", null }), new PrimitiveDataFrameColumn<double>(\"x\", new double?[] { 1.5, null })); frame");
        Assert.Equal(
            "<table><thead><tr><th></th><th>name</th><th>x</th></tr></thead><tbody><tr><th>0</th><td>a&lt;b</td><td>1.5</td></tr>" +
            "<tr><th>1</th><td>&lt;null&gt;</td><td>&lt;null&gt;</td></tr></tbody></table><p>2 rows × 2 columns</p>", frame[MimeTypes.Html]);
        Assert.Equal("     name       x\n0     a<b     1.5\n1  <null>  <null>\n2 rows × 2 columns", frame[MimeTypes.PlainText]);

        var view = await ShownAsync(
            """
            using Microsoft.ML;
            class Row { public float A { get; set; } [Microsoft.ML.Data.VectorType(8)] public float[] V { get; set; } public string S { get; set; } }
            int read = 0;
            IEnumerable<Row> Rows() { while (true) yield return new Row { A = read++, V = new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }, S = "s" }; }
            var view = new MLContext().Data.LoadFromEnumerable(Rows()); view
            """);
        Assert.Contains("<tr><th>1</th><td>1</td><td>[1, 2, 3, 4, 5, 6, … (2 more)]</td><td>s</td></tr>", view[MimeTypes.Html]);
        Assert.EndsWith("<p>the first 20 rows × 3 columns</p>", view[MimeTypes.Html]);
        Assert.InRange((int)(await _session.ValueAsync("read"))!, 20, 1000);
    }

    [NetworkFact]
    [Trait("Category", "Long")]
    public async Task Tensors_of_TorchSharp_find_their_native_library_in_another_package()
    {
        if (!OperatingSystem.IsLinux() || System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture != System.Runtime.InteropServices.Architecture.X64)
            return;

        // One of them asks for a C++ library of 2023, which long-lived systems do not have, and does not use it.
        await _session.ValueAsync("#r \"nuget: TorchSharp, 0.107.0\"\n#r \"nuget: libtorch-cpu-linux-x64, 2.10.0\"\nusing TorchSharp;");
        Assert.Equal("tensor([[1., 2.],\n        [3., 4.]])", (await ShownAsync("torch.tensor(new float[,] { { 1, 2 }, { 3, 4 } })"))[MimeTypes.PlainText]);
        Assert.Equal("tensor([   0,    1,    2,  ..., 1997, 1998, 1999])\nint64, 2000, cpu, 0 to 1999", (await ShownAsync("torch.arange(2000)"))[MimeTypes.PlainText]);
        string large = (await ShownAsync("torch.zeros(50, 40, requires_grad: true)"))[MimeTypes.PlainText]!;
        Assert.Equal("tensor([[0., 0., 0.,  ..., 0., 0., 0.],", large.Split('\n')[0]);
        Assert.EndsWith("requires_grad=True)\nfloat32, 50×40, cpu, 0 to 0", large);

        var picture = await ShownAsync("torch.linspace(-0.05, 1.05, 3 * 16 * 20).reshape(1, 3, 16, 20).to(torch.bfloat16).requires_grad_()");
        AssertPng(picture, 20, 16);
        Assert.Equal("Tensor, bfloat16, 1×3×16×20, cpu, -0.05005 to 1.047", picture[MimeTypes.PlainText]);
        foreach (string other in new[] { "torch.zeros(3, 16, 7)", "torch.zeros(4, 16, 20)", "torch.full(new long[] { 3, 16, 20 }, 1.2f)", "torch.full(new long[] { 3, 16, 20 }, float.NaN)" })
            Assert.Null((await ShownAsync(other))[MimeTypes.Png]);
    }

    private async Task<MimeBundle> ShownAsync(string code)
    {
        await _session.ValueAsync(code);
        return Assert.Single(_session.Results).Data;
    }

    private static void AssertPng(MimeBundle shown, int width, int height)
    {
        byte[] png = Convert.FromBase64String(shown[MimeTypes.Png]!);
        Assert.Equal(
            (width, height),
            (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }
}
