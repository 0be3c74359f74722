using System.Collections;
using System.Xml.Linq;

namespace StyleLab.Tests.Networks;

public class NetworkCardTests
{
    private static readonly LossNetwork _network = LossNetwork.Load("vgg19-slim");

    [Fact]
    public void Totals()
    {
        var card = _network.Describe();
        Assert.Equal(1_252_880, card.Parameters);
        Assert.Equal(LayerCost.Of(Architecture.Vgg19Slim), card.Layers);

        // The weights of every block, divided by the pixels that share one position.
        var expected = 9.0 * (3 * 16 + 16 * 16 + (16 * 32 + 32 * 32) / 4.0 + (32 * 64 + 3 * 64 * 64) / 16.0
            + (64 * 128 + 3 * 128 * 128) / 64.0 + 4 * 128 * 128 / 256.0);
        Assert.Equal(expected, card.MacsPerPixel, 1e-9);
    }

    [Fact]
    public void The_text_is_a_table_with_a_row_for_each_convolution_and_pooling()
    {
        var lines = _network.Describe().ToString().Split('\n');
        Assert.Equal("vgg19-slim: 16 convolutions", lines[0]);
        Assert.Equal(["layer", "what", "shape", "parameters", "sees", "(px)", "stride", "GMAC/MP", "up", "to", "here"], Words(lines[2]));
        Assert.Equal(["conv1_1", "conv", "3×3", "16×256×256", "448", "3", "1", "0.43", "0.43"], Words(lines[3]));
        Assert.Equal(["pool1", "pool", "2×2", "16×128×128", "6", "2"], Words(lines[5]));
        Assert.Equal(["conv5_4", "conv", "3×3", "128×16×16", "147,584", "252", "16", "0.58", "24.62"], Words(lines[22]));
        Assert.Contains(lines, line => line.StartsWith("SHA-256") && line.EndsWith(_network.Source.Sha256));
        Assert.All(lines[..23], line => Assert.InRange(line.Length, 0, 100));

        static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void Branches_and_what_is_unusual_are_shown()
    {
        var text = LossNetwork.Load("squeezenet1_1-random:1").Describe().ToString();
        Assert.Contains("squeezenet1_1-random:1: 25 convolutions", text);
        Assert.Matches(@"conv1 +conv 3×3 /2, padding 0 +64×127×127 +1,792 +3 +2 ", text);
        Assert.Matches(@"pool1 +pool 3×3 /2, partial +64×63×63 +7 +4\n", text);
        Assert.Matches(@"fire2/squeeze1x1 +conv 1×1 +16×63×63 +1,040 +7 +4 ", text);
        Assert.Matches(@"fire2 +expand1x1 \+ expand3x3 +128×63×63 +15 +4\n", text);
    }

    [Fact]
    public void The_html_is_well_formed_and_escaped()
    {
        var html = XElement.Parse(_network.Describe().ToHtml());
        Assert.Equal(21, html.Descendants("table").First().Descendants("tr").Count());
        Assert.Contains("38.4 % top-1", html.Value);
    }

    [Fact]
    public void Networks_and_cards_show_themselves_by_the_formatter_convention()
    {
        foreach (object value in new object[] { _network, _network.Describe() })
        {
            var attribute = value.GetType().GetCustomAttributes(true).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
            var source = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
            var formatters = (IEnumerable)source.GetMethod("CreateTypeFormatters")!.Invoke(Activator.CreateInstance(source), [])!;
            var shown = new Dictionary<string, string>();
            foreach (var formatter in formatters)
            {
                var writer = new StringWriter();
                var format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!;
                Assert.Equal(true, format.Invoke(formatter, [value, writer]));
                Assert.Equal(false, format.Invoke(formatter, ["something else", new StringWriter()]));
                shown.Add((string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!, writer.ToString());
            }
            Assert.Equal(_network.Describe().ToHtml(), shown["text/html"]);
            Assert.Equal(_network.Describe().ToString(), shown["text/plain"]);
        }
    }
}
