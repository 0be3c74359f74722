namespace StyleLab.Tests.Synthesis;

[Collection("memory of runs")]
public sealed class ContinueTests(ContinueTests.WholeRuns wholeRuns) : IClassFixture<ContinueTests.WholeRuns>, IDisposable
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-continue").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, int> Interruptions
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string optimizer in new[] { "lbfgs", "adam", "averaged", "lbfgs across sizes", "adam across sizes" })
                foreach (int step in new[] { 1, 6, 9, 17 })
                    cases.Add(optimizer, step);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Interruptions))]
    public async Task AnInterruptedRunGoesOnAsIfItHadNotBeen(string optimizer, int steps)
    {
        var whole = await wholeRuns.Of(optimizer);
        var part = await Interrupted(Run(optimizer), steps);
        Assert.Equal(steps, part.History.Count);

        string file = Path.Combine(_folder, "run.safetensors");
        part.Save(file);
        foreach (var from in new[] { part, SynthesisResult.Load(file) })
        {
            Assert.Equal(part.Picture.Values, from.Picture.Values);
            var continued = await from.Continue();
            Assert.Equal(whole.Picture.Values, continued.Picture.Values);
            Assert.Equal(whole.History.Select(h => h.Value), continued.History.Select(h => h.Value));
            Assert.Equal(whole.Picture.Text, continued.Picture.Text);
            Assert.False(continued.Interrupted);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EveryStepCanBeSavedAndGoneOnFrom(bool endsEarly)
    {
        var content = Golden.Picture("content").Resize(48, 40);
        // From the content there is nothing to do for a content loss: each pass ends with its first step.
        StyleLab.Synthesis New() => endsEarly
            ? s_network.Synthesize(Loss.Content(content), Start.Content(), Optimizer.Lbfgs(9), sizes: [24, 36, 48])
            : s_network.Synthesize(Loss.Content(content) + Loss.TotalVariation(), Start.Noise(2), Optimizer.Lbfgs(9), sizes: [24, 48]);
        var whole = await New();
        var run = New();
        var files = new List<string>();
        SynthesisStep? last = null;
        await foreach (var step in run)
        {
            files.Add(Path.Combine(_folder, $"{step.Index}.safetensors"));
            step.Save(files[^1]);
            last = step;
        }
        Assert.Equal(whole.Picture.Values, (await run).Picture.Values);
        Assert.Equal(endsEarly ? 3 : 9, files.Count);
        foreach (string file in files)
        {
            var continued = await SynthesisResult.Load(file).Continue();
            Assert.Equal(whole.Picture.Values, continued.Picture.Values);
            Assert.Equal(whole.History.Select(h => h.Value), continued.History.Select(h => h.Value));
            Assert.Equal(whole.Picture.Text, continued.Picture.Text);
        }
        Assert.Throws<StyleLabException>(() => last!.Save(Path.Combine(_folder, "nowhere", "run.safetensors")));
    }

    [Theory]
    [InlineData("picture")]
    [InlineData("best")]
    public async Task NumbersThatAreNoneAreDamage(string tensor)
    {
        var result = await s_network.Synthesize(Loss.Content(Golden.Picture("content").Resize(48, 40)), Start.Noise(2), Optimizer.Lbfgs(3), sizes: [48]);
        string path = Path.Combine(_folder, "damaged.safetensors");
        result.Save(path);
        using (var file = WeightsFile.Open(path))
        {
            var tensors = file.Tensors.ToDictionary(t => t.Name, t => file.Read(t.Name));
            tensors[tensor].Values[7] = float.NaN;
            using var damaged = File.Create(path + ".new");
            Safetensors.Write(damaged, tensors, metadata: file.Metadata);
        }
        Assert.EndsWith("it is damaged: its picture holds values that are not numbers", Assert.Throws<StyleLabException>(() => SynthesisResult.Load(path + ".new")).Message);
    }

    [Fact]
    public async Task AFinishedRunTakesMoreStepsTwiceTheSameWay()
    {
        var content = Golden.Picture("content").Resize(48, 40);
        StyleLab.Synthesis Of(int steps) => s_network.Synthesize(Loss.Content(content) + Loss.TotalVariation(), Start.Noise(2), Optimizer.Lbfgs(steps), sizes: [48]);
        var whole = await Of(30);
        var first = await Of(12);
        var once = await first.Continue(18);
        var twice = await (await first.Continue(7)).Continue(11);
        Assert.Equal(whole.Picture.Values, once.Picture.Values);
        Assert.Equal(whole.Picture.Values, twice.Picture.Values);
        Assert.Equal(whole.Recipe.ToJson(), twice.Recipe.ToJson());
        Assert.Contains("say how many more", Assert.Throws<StyleLabException>(() => first.Continue()).Message);
    }

    [Fact]
    public async Task TheOldestFinishedRunsAreForgottenButNotTheInterruptedOnes()
    {
        var interrupted = await Interrupted(Run("lbfgs"), 3);
        var finished = await Run("lbfgs");
        StyleLab.Runs.RunMemory.Forget(most: 0);
        _ = interrupted.Continue();
        Assert.Contains("run its recipe again", Assert.Throws<StyleLabException>(() => finished.Continue(1)).Message);
    }

    [Fact]
    public async Task DamagedFilesAreRefusedWithASentence()
    {
        string file = Path.Combine(_folder, "run.safetensors");
        (await Interrupted(Run("lbfgs"), 3)).Save(file);
        byte[] good = File.ReadAllBytes(file);
        var random = new Random(1);
        for (int i = 0; i < 60; i++)
        {
            byte[] bad = random.Next(3) == 0 ? good[..random.Next(good.Length)] : (byte[])good.Clone();
            for (int flips = random.Next(1, 4); flips > 0 && bad.Length > 0; flips--)
                bad[random.Next(Math.Min(bad.Length, 4000))] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(file, bad);
            try
            {
                _ = SynthesisResult.Load(file).Continue();
            }
            catch (StyleLabException error)
            {
                Assert.DoesNotContain("   at ", error.Message);
            }
        }
        Assert.Contains("does not exist", Assert.Throws<StyleLabException>(() => SynthesisResult.Load(file + "x")).Message);
        using (var stream = File.Create(file))
            Safetensors.Write(stream, []);
        Assert.Contains("not a run that was saved", Assert.Throws<StyleLabException>(() => SynthesisResult.Load(file)).Message);
    }

    private StyleLab.Synthesis Run(string optimizer) => WholeRuns.Run(optimizer, wholeRuns.Content);

    private static async Task<SynthesisResult> Interrupted(StyleLab.Synthesis run, int steps)
    {
        await foreach (var step in run)
            if (step.Index == steps)
                break;
        return await run;
    }

    /// <summary>Runs that were not interrupted: what the others are compared with is made once.</summary>
    public sealed class WholeRuns : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-continue-content");
        private readonly Dictionary<string, SynthesisResult> _results = [];

        public WholeRuns() => Golden.Picture("content").Save(Content);

        public string Content => Path.Combine(_folder.FullName, "content.png");

        // The content is a file, the style exists in memory only: both must be there when the run goes on.
        public static StyleLab.Synthesis Run(string optimizer, string content)
        {
            var objective = 0.2 * Loss.Content(Picture.Load(content).Resize(64, 48)) + Loss.Style(Golden.Picture("style").Resize(48, 64)) + 10 * Loss.Range();
            var chosen = optimizer switch
            {
                "adam" => Optimizer.Adam(20),
                "averaged" => Optimizer.Adam(20, averaging: 0.9),
                "lbfgs across sizes" => Optimizer.Lbfgs(20) with { AcrossSizes = true },
                "adam across sizes" => Optimizer.Adam(20, averaging: 0.9) with { AcrossSizes = true },
                _ => Optimizer.Lbfgs(20),
            };
            return s_network.Synthesize(objective, Start.Noise(1), chosen, sizes: [32, 64]);
        }

        public async Task<SynthesisResult> Of(string optimizer) =>
            _results.TryGetValue(optimizer, out var known) ? known : _results[optimizer] = await Run(optimizer, Content);

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
