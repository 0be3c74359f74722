using System.Globalization;

namespace StyleLab.Tests.ExperimentRuns;

public sealed class SweepTableTests : IDisposable
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_style = Golden.Picture("style").Resize(40, 32);
    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-table").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ValuesLossesAndTimesStandInColumns()
    {
        var sweep = Sweep.Of(s_network.Synthesize(Objective(0.5), optimizer: Optimizer.Adam(3), sizes: [40]))
            .Over("weight", [0.1, 0.25], (recipe, weight) => recipe with { Objective = Objective(weight) }, weight => $"w = {weight}")
            .Over("layers, seed", [("relu1_1", 1), ("relu2_1", 2)], (recipe, pair) => recipe with { Start = Start.Noise(pair.Item2) }, pair => $"\"{pair.Item1}\", {pair.Item2}");
        var first = await sweep.Run(_folder);
        var table = first.ToTable();

        Assert.Equal(["index", "weight", "layers, seed", "loss", "loss: style", "loss: total variation", "evaluations", "steps", "seconds", "kept", "error", "warnings"], table.Columns);
        Assert.Equal([0.1, 0.1, 0.25, 0.25], table["weight"]);
        Assert.Equal(["\"relu1_1\", 1", "\"relu2_1\", 2"], table["layers, seed"].Take(2));
        Assert.Equal(first.Select(cell => (object)cell.Result!.LossesAtEnd!.Value), table["loss"]);
        Assert.Equal(first.Select(cell => (object)cell.Result!.LossesAtEnd!.Find("style")!.Value), table["loss: style"]);
        Assert.Equal([3, 3, 3, 3], table["steps"]);
        Assert.All(table["seconds"], seconds => Assert.True((double)seconds! > 0));
        Assert.All(table["kept"], kept => Assert.Equal(false, kept));
        Assert.All((await sweep.Run(_folder)).ToTable()["kept"], kept => Assert.Equal(true, kept));
        Assert.Contains("it has index, weight", Assert.Throws<StyleLabException>(() => table["wieght"]).Message);

        string file = Path.Combine(_folder, "sweep.csv");
        first.ToCsv(file);
        string[] lines = File.ReadAllText(file).Split("\r\n");
        Assert.Equal("index,weight,\"layers, seed\",loss,loss: style,loss: total variation,evaluations,steps,seconds,kept,error,warnings", lines[0]);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"3,0.25,\"\"\"relu2_1\"\", 2\",{first[3].Result!.LossesAtEnd!.Value},"), lines[4]);
        Assert.EndsWith(",false,,", lines[4]);
        Assert.Equal(["", ""], [lines[5], .. lines[6..].DefaultIfEmpty("")]);

        static Loss Objective(double weight) => weight * Loss.Style(s_style, "relu1_1") + Loss.TotalVariation();
    }

    [Fact]
    public void AMissingCellLeavesOutItsRowAndAFailedOneSaysWhy()
    {
        var recipe = s_network.Synthesize(Loss.Style(s_style, "relu1_1"), sizes: [40]).Recipe;
        var sweep = new SweepResult([new("size", ["32", "64", "96"])],
            [new(0, ["32"], recipe, null, false, "too small,\nby far"), new(2, ["96"], recipe, null, false, null)], Interrupted: true, Warnings: []);
        var table = sweep.ToTable();
        Assert.Equal(["32", "96"], table["size"]);
        Assert.Null(table["loss"][0]);
        Assert.Equal("index,size,loss,evaluations,steps,seconds,kept,error,warnings\r\n0,32,,,,,false,\"too small,\nby far\",\r\n2,96,,,,,false,,\r\n", table.ToCsv());
        using var html = new StringWriter();
        var shown = new StyleLab.Cards.CardFormatters().CreateTypeFormatters().OfType<StyleLab.Figures.MimeFormatter<SweepTable>>().ToList();
        Assert.True(shown.Single(formatter => formatter.MimeType == "text/html").Format(table, html));
        Assert.Contains("96</td>", html.ToString());
        Assert.Contains("too small,\nby far", html.ToString());
    }
}
