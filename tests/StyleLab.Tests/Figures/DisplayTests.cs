using System.Reflection;
using System.Text.Json;

namespace StyleLab.Tests.Figures;

/// <summary>Shows values the way a notebook does that knows nothing of this library: attributes and members by name.</summary>
public class DisplayTests
{
    /// <param name="value">What is shown.</param>
    /// <param name="isOurs">Whether the notebook knows of types that only some values have, as our own kernel does.</param>
    private static Dictionary<string, string> Show(object value, bool isOurs = true)
    {
        object attribute = value.GetType().GetCustomAttributes(inherit: false)
            .Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var source = (Type)Get(attribute, "FormatterSourceType");
        string[] preferred = [.. (string[])Get(attribute, "PreferredMimeTypes"), .. isOurs ? (string[]?)attribute.GetType().GetProperty("OptionalMimeTypes")!.GetValue(attribute) ?? [] : []];
        object formatters = source.GetMethod("CreateTypeFormatters")!.Invoke(Activator.CreateInstance(source), [])!;
        var shown = new Dictionary<string, string>();
        foreach (object formatter in (IEnumerable<object>)formatters)
        {
            string mimeType = (string)Get(formatter, "MimeType");
            if (mimeType != "text/plain" && !preferred.Contains(mimeType))
                continue; // Only for a value that stands inside another.
            using var writer = new StringWriter();
            if ((bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, [value, writer])!)
                shown[mimeType] = writer.ToString();
        }
        Assert.True(isOurs || preferred.All(mimeType => shown.GetValueOrDefault(mimeType) is { Length: > 0 }), "A preferred type of this value would be empty in .NET Interactive.");
        if (isOurs && attribute.GetType().GetProperty("OptionalMimeTypes")!.GetValue(attribute) is not null && shown.ContainsKey("image/jpeg"))
            shown.Remove("image/png");
        return shown;
    }

    private static object Get(object instance, string property) =>
        instance.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!.GetValue(instance)!;

    [Fact]
    public void Small_pictures_are_png()
    {
        var shown = Show(TestPictures.Plain(8, 4, 1, 0, 0));

        Assert.Equal(["image/png", "text/plain"], shown.Keys.Order());
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Convert.FromBase64String(shown["image/png"])[..4]);
        Assert.Equal("Picture 8×4", shown["text/plain"]);
    }

    [Fact]
    public void Heavy_pictures_are_jpeg()
    {
        var shown = Show(TestPictures.Noise(900, 700));

        Assert.Equal(["image/jpeg", "text/plain"], shown.Keys.Order());
        Assert.Equal([0xFF, 0xD8, 0xFF], Convert.FromBase64String(shown["image/jpeg"])[..3]);
    }

    [Fact]
    public void Nothing_is_empty_where_only_preferred_types_are_known()
    {
        Assert.Equal(["image/png", "text/plain"], Show(TestPictures.Noise(900, 700), isOurs: false).Keys.Order());
        Assert.Equal(["image/png", "text/plain"], Show(TestPictures.Plain(8, 4, 1, 0, 0), isOurs: false).Keys.Order());
        var random = new Random(1);
        var noise = new double[200, 200];
        for (int i = 0; i < noise.Length; i++)
            noise[i / 200, i % 200] = random.NextDouble();
        foreach (object value in new object[] { new HeatMap(new double[2, 2]), new HeatMap(noise), new Plot(new PlotSeries("y", [1, 2])) })
            Assert.DoesNotContain("image/jpeg", Show(value, isOurs: false).Keys);
    }

    [Fact]
    public void Plots_are_plotly_and_svg_and_light_pixels_for_what_shows_neither()
    {
        foreach (var plot in new[] { new Plot(new PlotSeries("y", [1, 2])), new LossPlot(new PlotSeries("y", [1, 2])) })
        {
            var shown = Show(plot);
            Assert.Equal(["application/pdf", "application/vnd.plotly.v1+json", "image/png", "image/svg+xml", "text/plain"], shown.Keys.Order());
            JsonDocument.Parse(shown["application/vnd.plotly.v1+json"]).Dispose();
            Assert.Equal("svg", new Svg(shown["image/svg+xml"]).Root.Name.LocalName);
            Assert.Equal((560, 350), Size(Picture.Decode(Convert.FromBase64String(shown["image/png"]))));
            Assert.InRange(shown["image/png"].Length, 1, 40_000);
            Assert.InRange(shown["application/pdf"].Length, 1000, 60_000);
            Assert.Equal("plot: y 1 → 2 (2 points)", shown["text/plain"]);
        }
    }

    [Fact]
    public void Grids_are_svg_and_a_light_jpeg()
    {
        var shown = Show(new Grid(1, 2, "pair") { { TestPictures.Plain(8, 8, 0, 0, 0), "black" } });

        Assert.Equal(["application/pdf", "image/jpeg", "image/svg+xml", "text/plain"], shown.Keys.Order());
        Assert.InRange(Show(new Grid(3, 3) { { TestPictures.Noise(300, 300), "a" }, { TestPictures.Noise(300, 300), "b" } })["image/jpeg"].Length, 1000, 100_000);
        Assert.Equal("1×2 grid “pair”: black", shown["text/plain"]);
    }

    [Fact]
    public void Comparisons_are_html_and_a_still_picture()
    {
        var shown = Show(new BeforeAfter(TestPictures.Plain(8, 4, 1, 0, 0), TestPictures.Plain(8, 4, 0, 0, 0)));
        Assert.Equal(["image/jpeg", "text/html", "text/plain"], shown.Keys.Order());
        Assert.Equal(["application/pdf", "image/png", "image/svg+xml", "text/plain"], Show(new HeatMap(new double[2, 2])).Keys.Order());
    }

    [Fact]
    public void Animations_are_gif()
    {
        var shown = Show(new Animation([TestPictures.Plain(8, 4, 1, 0, 0)]));

        Assert.Equal(["image/gif", "text/plain"], shown.Keys.Order());
        Assert.Equal("GIF89a"u8.ToArray(), Convert.FromBase64String(shown["image/gif"])[..6]);
        Assert.Equal(["text/plain"], Show(new Animation()).Keys);
    }

    [Fact]
    public void Progress_is_html()
    {
        var shown = Show(new ProgressView { Step = 1, Steps = 2 });

        Assert.Equal(["text/html", "text/plain"], shown.Keys.Order());
        Assert.Equal("step 1/2", shown["text/plain"]);
    }

    private static (int Width, int Height) Size(Picture picture) => (picture.Width, picture.Height);
}
