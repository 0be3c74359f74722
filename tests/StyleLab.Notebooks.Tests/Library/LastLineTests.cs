namespace StyleLab.Notebooks.Tests;

/// <summary>Whatever of the library stands in the last line of a cell is shown as what it is, and leaves the notebook small.</summary>
public sealed class LastLineTests(LastLineTests.LibrarySession library) : IClassFixture<LastLineTests.LibrarySession>
{
    private const int MostOfAny = 160_000, MostText = 4_000;

    [Theory]
    [InlineData("result", "image/jpeg", "recipe", 120_000)]
    [InlineData("await run", "image/jpeg", "style", 120_000)]
    [InlineData("single", "image/jpeg", "16 steps", 120_000)]
    [InlineData("SynthesisResult.Load(saved)", "image/jpeg", "recipe", 120_000)]
    [InlineData("lastStep", "image/jpeg", "Step 6 of 6", 40_000)]
    [InlineData("run", "", "done in", 150_000)]
    [InlineData("sweep", "image/jpeg", "content weight", 160_000)]
    [InlineData("sweep[0]", "image/jpeg", "steps", 120_000)]
    [InlineData("gallery", "image/jpeg", "style", 160_000)]
    [InlineData("drift", "image/jpeg", "round 2", 60_000)]
    [InlineData("drift.Rounds[0]", "image/jpeg", "Round 1", 120_000)]
    [InlineData("objective", "", "total variation", 30_000)]
    [InlineData("Loss.Custom(\"relu1_1\", f => f.Mean(), \"bright\")", "", "bright", 10_000)]
    [InlineData("Loss.StyleAnalogy(village, village, swirls, guide: swirls)", "", "guide", 30_000)]
    [InlineData("result.Recipe", "", "style layers", 30_000)]
    [InlineData("result.LossesAtEnd", "", "content", 10_000)]
    [InlineData("Start.From(village)", "", "village.png", 30_000)]
    [InlineData("network", "", "convolutions", 60_000)]
    [InlineData("network.Features(village)", "", "relu1_1", 25_000)]
    [InlineData("new[] { village, swirls, village }", "", "<img", 120_000)]
    [InlineData("new { village, objective, rest = 3 }", "", "<img", 60_000)]
    public async Task Is_a_card_and_small(string code, string picture, string html, int most)
    {
        var content = await library.LastAsync(code);
        Assert.Contains(html, content["text/html"]!, StringComparison.Ordinal);
        Assert.Equal(picture.Length > 0, content.Contains("image/jpeg"));
        Assert.InRange(content.Sum(part => part.Value.Length), 1, most);
        Assert.InRange(content["text/plain"]!.Length, 1, MostText);
        Assert.DoesNotContain("System.", content["text/plain"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Optimizer.Lbfgs(40)", "L-BFGS, 40 steps")]
    [InlineData("Optimizer.Adam(1)", "Adam, 1 step,")]
    [InlineData("Start.Noise(7)", "Start: noise, seed 7")]
    [InlineData("Start.Blurred()", "Start: the content picture, blurred by 8 pixels")]
    [InlineData("StyleLab.Tensors.Tensor.Scalar(2)", "Constant 1×1×1×1 · [2]")]
    [InlineData("village.ToTensor()", "Constant 1×3×64×64 · ")]
    [InlineData("network.Features(village)[\"relu1_1\"]", "Relu 1×")]
    [InlineData("network.Features(village)[\"relu3_1\"].Gram()", "not computed yet")]
    [InlineData("Sweep.Of(run).Over(\"seed\", [1, 2], (r, seed) => r with { Start = Start.Noise(seed) })", "A sweep of 2 runs: seed (1, 2)")]
    [InlineData("Schedule.CoarseToFine(new(256, 192), 300)", "Size = 64×48")]
    [InlineData("objective", "0.2 × content")]
    [InlineData("result", "Result 64×64 · 20 steps · loss ")]
    [InlineData("$\"{sweep}\"", "Sweep · 4 runs")]
    public async Task Says_what_it_is_as_text(string code, string expected) =>
        Assert.Contains(expected, (await library.LastAsync(code))["text/plain"]!, StringComparison.Ordinal);

    [Theory]
    [InlineData("result.History")]
    [InlineData("sweep.Cells")]
    [InlineData("Enumerable.Repeat(result, 40).ToList()")]
    [InlineData("new { result, sweep, run, network, objective }")]
    [InlineData("network.Architecture")]
    [InlineData("network.Source")]
    [InlineData("network.Weights(\"conv1_1\")")]
    [InlineData("network.Weights(\"conv1_1\").Weight")]
    [InlineData("NetworkCatalogue.All")]
    [InlineData("ColorStatistics.Of(village)")]
    [InlineData("StyleLab.Tensors.Plans.Plan.Compile([village.ToTensor()])")]
    [InlineData("StyleLab.Tensors.Engines.Engine.Default")]
    [InlineData("village.Origin")]
    [InlineData("LayerPick.Parse(\"style\")")]
    [InlineData("Enumerable.Range(0, 60).Select(i => village).ToList()")]
    [InlineData("village.Values")]
    [InlineData("new Exception(\"no\")")]
    [InlineData("System.Text.Json.JsonSerializer.SerializeToNode(new { a = 1 })")]
    [InlineData("typeof(Picture).Assembly.GetTypes().Select(type => new { type, members = type.GetMembers() })")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess()")]
    [InlineData("AppDomain.CurrentDomain")]
    public async Task And_nothing_at_all_fills_the_notebook(string code)
    {
        var content = await library.LastAsync(code);
        Assert.InRange(content.Where(part => part.Key != "text/html").Sum(part => part.Value.Length), 1, 40_000);
        Assert.InRange(content["text/html"]?.Length ?? 0, 0, 600_000);
    }

    public sealed class LibrarySession : IAsyncLifetime
    {
        private readonly string _folder = Fixture.TemporaryFolder();
        private readonly RecordedSession _session;

        public LibrarySession() => _session = new RecordedSession(_folder);

        public async ValueTask InitializeAsync()
        {
            string pictures = Path.Combine(Fixture.Repository, "data", "pictures");
            await _session.ValueAsync($$"""
                #r "StyleLab"
                using StyleLab;
                var village = Picture.Load(@"{{pictures}}/village.png").Fit(64);
                var swirls = Picture.Load(@"{{pictures}}/swirls.png").Fit(64);
                var network = LossNetwork.Load("vgg19-slim");
                var objective = 0.2 * Loss.Content(village) + Loss.Style(swirls) + 0.5 * Loss.TotalVariation(guide: village);
                var run = network.Synthesize(objective, Start.Noise(1), Optimizer.Adam(20), sizes: [32, 64]);
                var result = await run;
                var saved = @"{{_folder}}/saved.safetensors";
                result.Save(saved);
                var single = await network.Synthesize(Loss.Content(swirls), Start.Noise(1), Optimizer.Adam(16));
                SynthesisStep lastStep = null;
                await foreach (var step in network.Synthesize(objective, Start.Noise(1), Optimizer.Adam(6))) lastStep = step;
                var sweep = await Sweep.Of(network.Synthesize(objective, Start.Noise(1), Optimizer.Adam(3)))
                    .Over("content weight", [0.1, 1], (r, w) => r with { Objective = w * Loss.Content(village) + Loss.Style(swirls) })
                    .Over("seed", [1, 2], (r, seed) => r with { Start = Start.Noise(seed) }).Run(keep: false);
                var gallery = await Experiments.Gallery(network, [village], [swirls, village], Optimizer.Adam(3)).Run(keep: false);
                var drift = await Experiments.StyleDrift(network, village, [swirls], 2, Optimizer.Adam(3), keep: false);
                """);
        }

        public async Task<MimeBundle> LastAsync(string code)
        {
            await _session.ValueAsync(code);
            return _session.Outputs.Select(output => output switch
            {
                ResultOutput shown => shown.Data,
                DisplayOutput shown => shown.Data,
                _ => null,
            }).OfType<MimeBundle>().Last();
        }

        public ValueTask DisposeAsync()
        {
            _session.Dispose();
            Directory.Delete(_folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
