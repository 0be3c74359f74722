using System.Diagnostics;

namespace StyleLab.Tests.ExperimentRuns;

public sealed class SweepTests : IDisposable
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_style = Golden.Picture("style").Resize(40, 32);
    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-sweep").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Sweep Cells(int steps = 4) => Sweep.Of(s_network.Synthesize(Loss.Style(s_style, "relu1_1"), optimizer: Optimizer.Lbfgs(steps), sizes: [40]))
        .Over("layers", ["relu1_1", "relu2_1"], (recipe, layers) => recipe with { Objective = Loss.Style(s_style, layers) })
        .Over("seed", [1, 2, 3], (recipe, seed) => recipe with { Start = Start.Noise(seed) });

    [Fact]
    public async Task EveryCombinationIsMadeAndASecondTimeTakenFromTheFolder()
    {
        var first = await Cells().Run(_folder);
        Assert.Equal(6, first.Count);
        Assert.False(first.Interrupted);
        Assert.All(first, c => Assert.False(c.FromCache));
        Assert.Equal(["relu2_1", "3"], first[5].Labels);
        Assert.Same(first[4], first["relu2_1", "2"]);

        var again = await Cells().Run(_folder);
        Assert.All(again, c => Assert.True(c.FromCache));
        foreach (var (a, b) in first.Zip(again))
        {
            Assert.Equal(a.Picture!.Values, b.Picture!.Values);
            Assert.Equal(a.Picture.Text, b.Picture.Text);
            Assert.Equal(a.Result!.History.Select(h => h.ToString()), b.Result!.History.Select(h => h.ToString()));
        }
        Assert.All(await Cells(5).Run(_folder), c => Assert.False(c.FromCache));
        Assert.All(await Cells().Run(_folder, keep: false), c => Assert.False(c.FromCache));
    }

    [Fact]
    public async Task SideBySideTheBitsAreThoseOfARunAlone()
    {
        foreach (var cell in await Cells().Run(keep: false))
        {
            var alone = await new StyleLab.Synthesis(cell.Recipe, s_network, StyleLab.Tensors.Engines.Engine.Default);
            Assert.Equal(alone.Picture.Values, cell.Picture!.Values);
        }
    }

    [Fact]
    public async Task TheContactSheetFollowsTheAxes()
    {
        var sheet = (await Cells().Run(_folder)).ContactSheet();
        Assert.Equal((2, 3), (sheet.Rows, sheet.Columns));
        Assert.Equal("layers down, seed across", sheet.Title);
        Assert.Equal(["1", "2", "3"], sheet.ColumnLabels);
        Assert.Equal(["relu1_1", "relu2_1"], sheet.RowLabels);
        var row = await Sweep.Of(s_network.Synthesize(Loss.Style(s_style, "relu1_1"), optimizer: Optimizer.Lbfgs(1), sizes: [40]))
            .Over("seed", Enumerable.Range(1, 8), (recipe, seed) => recipe with { Start = Start.Noise(seed) }).Run(_folder);
        Assert.Equal((2, 4), (row.ContactSheet().Rows, row.ContactSheet().Columns));
    }

    [Theory]
    [InlineData(500, 1, "value · digit", 22, 23)]
    [InlineData(101, 2, "value · digit", 14, 15)]
    [InlineData(3, 40, "value down, digit across", 3, 40)]
    public void ASheetOfVeryManyPicturesIsBrokenIntoRowsAndCanBeDrawn(int values, int digits, string title, int rows, int columns)
    {
        string[] Labels(int count) => [.. Enumerable.Range(1, count).Select(i => $"{i}")];
        var result = new SweepResult([new("value", Labels(values)), new("digit", Labels(digits))], [], Interrupted: true, Warnings: []);
        var sheet = result.ContactSheet();
        Assert.Equal((title, rows, columns), (sheet.Title, sheet.Rows, sheet.Columns));
        Assert.True(sheet.ToPicture().Width > 1000);
    }

    [Fact]
    public async Task LeavingEarlyKeepsWhatIsFinishedAndTheRestIsMadeLater()
    {
        var run = Cells().Run(_folder);
        int seen = 0;
        await foreach (var cell in run)
            if (++seen == 2)
                break;
        var part = await run;
        Assert.True(part.Interrupted);
        Assert.Equal(2, part.Count);
        Assert.Equal(6, part.ContactSheet().Rows * part.ContactSheet().Columns);

        var whole = await Cells().Run(_folder);
        Assert.Equal(6, whole.Count);
        Assert.True(whole.Count(c => c.FromCache) >= 2);
    }

    [Fact]
    public async Task ASweepSurvivesAKill()
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        using (var child = Process.Start(new ProcessStartInfo(host, [typeof(SweepChild).Assembly.Location, SweepChild.Word, _folder]) { RedirectStandardOutput = true })!)
        {
            // Killed in the middle of the third cell or later, wherever that is.
            Assert.Equal("finished", await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            Assert.Equal("finished", await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            child.Kill();
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        var resumed = await SweepChild.Sweep().Run(_folder);
        Assert.Empty(resumed.Warnings);
        Assert.False(resumed.Interrupted);
        Assert.InRange(resumed.Count(c => c.FromCache), 2, 7);
        foreach (var (kept, made) in resumed.Zip(await SweepChild.Sweep().Run(keep: false)))
            Assert.Equal(made.Picture!.Values, kept.Picture!.Values);
    }

    [Fact]
    public async Task CancellingEndsTheSweepWithWhatIsFinished()
    {
        var run = Cells(100_000).Run(_folder);
        var result = run.RunAsync(TestContext.Current.CancellationToken);
        run.Cancel();
        Assert.True((await result).Interrupted);
    }

    [Fact]
    public async Task DamagedAndForeignFilesAreMadeAgainWithASentence()
    {
        await Cells().Run(_folder);
        var files = Directory.GetFiles(_folder, "*.safetensors").Order().ToArray();
        Assert.Equal(6, files.Length);
        File.WriteAllBytes(files[0], File.ReadAllBytes(files[0])[..100]);
        File.WriteAllText(files[1], "not this");
        File.Copy(files[3], files[2], overwrite: true);
        byte[] bytes = File.ReadAllBytes(files[4]);
        bytes[^100] ^= 0x40;
        File.WriteAllBytes(files[4], bytes);
        var again = await Cells().Run(_folder);
        Assert.Equal(2, again.Count(c => c.FromCache));
        Assert.Equal(4, again.Warnings.Count);
        Assert.All(again.Warnings, w => Assert.Contains("made again", w));
        Assert.Empty((await Cells().Run(_folder)).Warnings);
    }

    [Fact]
    public async Task ResultsOfAnotherVersionAreMadeAgainAndOneSentenceSaysSo()
    {
        var first = await Cells().Run(_folder);
        foreach (string file in Directory.GetFiles(_folder, "*.safetensors").Take(4))
            MakeOfOtherCode(file);
        var again = await Cells().Run(_folder);
        Assert.Equal([$"Results in {_folder} were made by another version of StyleLab; they are not used, but made again."], again.Warnings);
        Assert.Equal(2, again.Count(c => c.FromCache));
        Assert.All(first.Zip(again), pair => Assert.Equal(pair.First.Picture!.Values, pair.Second.Picture!.Values));

        // In their place, so that the next time all are there.
        var third = await Cells().Run(_folder);
        Assert.Empty(third.Warnings);
        Assert.All(third, c => Assert.True(c.FromCache));
        Assert.Equal(6, Directory.GetFiles(_folder, "*.safetensors").Length);
    }

    [Fact]
    public void TheCodeThatComputesHasANumberInEachAssembly()
    {
        var numbers = new[] { typeof(Picture), typeof(WeightsFile), typeof(StyleLab.Tensors.Tensor) }.Select(type => StyleLab.Runs.ComputingCode.Of(type.Assembly)).ToList();
        Assert.All(numbers, number => Assert.True(number is { Length: >= 40 } && number.All(char.IsAsciiHexDigit), number));
        Assert.Equal(3, numbers.Distinct().Count());
        Assert.Equal(64, StyleLab.Runs.ComputingCode.Hash.Length);
    }

    private static void MakeOfOtherCode(string path)
    {
        Dictionary<string, WeightArray> tensors;
        Dictionary<string, string> metadata;
        using (var file = WeightsFile.Open(path))
            (tensors, metadata) = (new(file.Read(_ => true)), new(file.Metadata));
        metadata["code"] = "of last year";
        using var stream = File.Create(path);
        Safetensors.Write(stream, tensors, metadata: metadata);
    }

    [Fact]
    public async Task TheNameOfAFileDoesNotMatterButItsContentsDo()
    {
        string a = Path.Combine(_folder, "a.png"), b = Path.Combine(_folder, "b.png");
        s_style.Save(a);
        File.Copy(a, b);
        SweepRun Of(string file) => Sweep.Of(s_network.Synthesize(Loss.Style(Picture.Load(file), "relu1_1"), optimizer: Optimizer.Lbfgs(1), sizes: [40])).Run(_folder);
        Assert.False((await Of(a))[0].FromCache);
        Assert.True((await Of(b))[0].FromCache);
        s_style.Blur(1).Save(b);
        Assert.False((await Of(b))[0].FromCache);
    }

    [Fact]
    public async Task NetworksAreSweptLikeAnySetting()
    {
        LossNetwork[] networks = [s_network, s_network.WithPooling(Pooling.Max), LossNetwork.Load("vgg19-slim-random:7")];
        var run = s_network.Synthesize(Loss.Style(s_style, "relu2_1"), optimizer: Optimizer.Lbfgs(2), sizes: [40]);
        var result = await Sweep.Of(run).Over("network", networks, (recipe, network) => recipe with { Network = network.Recipe }, network => network.ToString()).Run(_folder);
        Assert.Equal(3, result.Select(c => c.Picture!.Values[100]).Distinct().Count());
        var alone = await networks[2].Synthesize(Loss.Style(s_style, "relu2_1"), optimizer: Optimizer.Lbfgs(2), sizes: [40]);
        Assert.Equal(alone.Picture.Values, result[2].Picture!.Values);
    }

    [Fact]
    public async Task ALossWrittenAsCodeIsAlwaysComputed()
    {
        SweepRun Of() => Sweep.Of(s_network.Synthesize(Loss.Style(s_style, "relu1_1") + Loss.Custom("relu1_1", f => f.Square().Mean()), optimizer: Optimizer.Lbfgs(1), sizes: [40])).Run(_folder);
        Assert.False((await Of())[0].FromCache);
        Assert.False((await Of())[0].FromCache);
    }

    [Fact]
    public async Task AFailedCellDoesNotStopTheOthers()
    {
        var result = await Sweep.Of(s_network.Synthesize(Loss.Style(s_style, "relu1_1"), optimizer: Optimizer.Lbfgs(1), sizes: [40]))
            .Over("layers", ["relu1_1", "relu5_1"], (recipe, layers) => recipe with { Objective = Loss.Style(s_style, layers) })
            .Over("size", [8, 40], (recipe, size) => recipe with { Passes = [new(new(size, size), 1)], Margin = 0 }).Run(_folder);
        Assert.Contains("too small", result["relu5_1", "8"].Error);
        Assert.Equal(3, result.Count(c => c.Picture is not null));
    }

    [Fact]
    public void MistakesAreSaidBeforeAnythingIsComputed()
    {
        Assert.Contains("no layer 'relu9_9'", Assert.Throws<StyleLabException>(() => Cells()
            .Over("content", ["relu9_9"], (recipe, layer) => recipe with { Objective = Loss.Content(s_style, layer) }).Run(_folder)).Message);
        Assert.Contains("no values", Assert.Throws<ArgumentException>(() => Cells().Over("x", Array.Empty<int>(), (recipe, _) => recipe)).Message);
    }

    [Fact]
    public async Task AGalleryShowsContentsDownAndStylesAcross()
    {
        Picture[] contents = [Golden.Picture("content").Resize(40, 32), s_style], styles = [s_style, Golden.Picture("picture"), Golden.Picture("content")];
        var run = Experiments.Gallery(s_network, contents, styles, Optimizer.Lbfgs(2)).Run(_folder);
        var views = new List<ProgressView>();
        run.Subscribe(new ProgressWatcher(view => { lock (views) views.Add(view); }));
        var gallery = await run;
        Assert.Equal((2, 3), (gallery.ContactSheet().Rows, gallery.ContactSheet().Columns));
        var expected = await Experiments.StyleTransfer(s_network, contents[1], [styles[2]], optimizer: Optimizer.Lbfgs(2));
        Assert.Equal(expected.Picture.Values, gallery[5].Picture!.Values);
        Assert.Contains("cell 6/6", views[^1].ToString());
        Assert.True(views[^1].IsDone);
        Assert.NotNull(views[^1].Sheet);
        Assert.Contains("finished so far", views[^1].ToHtml());
    }
}
