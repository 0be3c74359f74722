using StyleLab.Runs;
using StyleLab.Tensors.Engines;

namespace StyleLab.Tests.Synthesis;

public class SynthesisTests
{
    private static readonly LossNetwork s_network = LossNetwork.Load("vgg19-slim");
    private static readonly Picture s_content = Golden.Picture("content").Resize(64, 48);
    private static readonly Picture s_style = Golden.Picture("style").Resize(48, 64);

    private static Loss Objective => 0.2 * Loss.Content(s_content) + Loss.Style(s_style) + 0.5 * Loss.TotalVariation() + 10 * Loss.Range();

    [Fact]
    public async Task ComesCloserToItsObjective()
    {
        var result = await s_network.Synthesize(Objective, Start.Noise(1), Optimizer.Lbfgs(40));
        Assert.Equal((64, 48), (result.Picture.Width, result.Picture.Height));
        Assert.All(result.Picture.Values, v => Assert.InRange(v, 0, 1));
        Assert.True(result.LossesAtEnd!.Value < 0.2 * result.LossesAtStart!.Value);
        Assert.Equal(40, result.Evaluations);
        Assert.False(result.Interrupted);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task TheSameSeedGivesTheSameBitsAndAnotherSeedDoesNot()
    {
        var first = await s_network.Synthesize(Objective, Start.Noise(5), Optimizer.Lbfgs(12));
        var again = await s_network.Synthesize(Objective, Start.Noise(5), Optimizer.Lbfgs(12));
        var other = await s_network.Synthesize(Objective, Start.Noise(6), Optimizer.Lbfgs(12));
        Assert.Equal(first.Picture.Values, again.Picture.Values);
        Assert.NotEqual(first.Picture.Values, other.Picture.Values);
    }

    [Fact]
    public async Task EveryStepCanBeWatched()
    {
        var indices = new List<int>();
        var run = s_network.Synthesize(Objective, Start.Content(), Optimizer.Adam(5), sizes: [32, 64]);
        await foreach (var step in run)
        {
            indices.Add(step.Index);
            Assert.Equal((step.Size.Width, step.Size.Height), (step.Picture.Width, step.Picture.Height));
        }
        Assert.Equal([1, 2, 3, 4, 5], indices);
        Assert.Equal(5, (await run).History.Count);
    }

    [Fact]
    public async Task AStepsPictureMustBeTakenInTime()
    {
        SynthesisStep? old = null;
        await foreach (var step in s_network.Synthesize(Objective, optimizer: Optimizer.Lbfgs(3)))
            old ??= step;
        Assert.Contains("before asking for the next step", Assert.Throws<InvalidOperationException>(() => old!.Picture).Message);
    }

    [Fact]
    public async Task CancellingKeepsTheLastPicture()
    {
        var run = s_network.Synthesize(Objective, Start.Noise(1), Optimizer.Lbfgs(100_000));
        var task = run.RunAsync(TestContext.Current.CancellationToken);
        run.Subscribe(new Watcher(view => { if (view.Step > 3) run.Cancel(); }));
        var result = await task;
        Assert.True(result.Interrupted);
        Assert.InRange(result.History.Count, 1, 99_999);
        Assert.True(result.Picture.Text.ContainsKey(Recipe.TextKeyword));
    }

    [Fact]
    public async Task CancellingWhileTargetsAreComputedEndsTheRun()
    {
        StyleLab.Synthesis? run = null;
        int builds = 0;
        // The graph is built from the first term to the last: the content's targets come after the call to cancel.
        var cancelling = Loss.Custom("relu1_1", f =>
        {
            if (++builds == 2)
                run!.Cancel();
            return f.Mean();
        });
        run = s_network.Synthesize(cancelling + Loss.Content(s_content) + Loss.Style(s_style), Start.Noise(1), Optimizer.Lbfgs(10), new PictureSize(64, 48), [32, 64]);
        var result = await run;
        Assert.True(result.Interrupted);
        Assert.Equal((6, 2), (result.Evaluations, builds));
        Assert.Equal(64, result.Picture.Width);
    }

    [Fact]
    public async Task LeavingTheLoopKeepsTheLastPicture()
    {
        var run = s_network.Synthesize(Objective, Start.Noise(1), Optimizer.Lbfgs(50));
        await foreach (var step in run)
            if (step.Index == 4)
                break;
        var result = await run;
        Assert.True(result.Interrupted);
        Assert.Equal(4, result.History.Count);
    }

    [Fact]
    public async Task ARunIsWatchedOnce()
    {
        var run = s_network.Synthesize(Objective, optimizer: Optimizer.Lbfgs(2));
        await run;
        await Assert.ThrowsAsync<InvalidOperationException>(async () => { await foreach (var _ in run) { } });
    }

    [Fact]
    public async Task ZeroStepsGiveTheStart()
    {
        var result = await s_network.Synthesize(Objective, Start.Content(), Optimizer.Lbfgs(0), sizes: [64]);
        Assert.True(result.Picture.Psnr(s_content) > 60);
    }

    [Fact]
    public async Task ObserversSeeTheRunToItsEnd()
    {
        var views = new List<ProgressView>();
        var run = s_network.Synthesize(Objective, optimizer: Optimizer.Lbfgs(10));
        var watcher = new Watcher(views.Add);
        using var subscription = run.Subscribe(watcher);
        await run;
        Assert.True(watcher.Completed);
        Assert.True(views[^1].IsDone);
        Assert.Contains("step 10/10", views[^1].ToString());
        Assert.Contains("<svg", views[^1].ToHtml());
    }

    [Fact]
    public async Task TermsThatCannotMoveThePictureAreNamed()
    {
        var weak = await s_network.Synthesize(Loss.Content(s_content) + 1e-9 * Loss.Style(s_style), optimizer: Optimizer.Lbfgs(1));
        Assert.Contains("The style pulls", Assert.Single(weak.Warnings));
        var weakOfTwo = await s_network.Synthesize(Loss.Content(s_content) + Loss.Style(s_style) + 1e-9 * Loss.Style(s_content), optimizer: Optimizer.Lbfgs(1));
        Assert.Contains("'style'", Assert.Single(weakOfTwo.Warnings));
        var still = await s_network.Synthesize(Loss.Content(s_content), Start.Content(), Optimizer.Lbfgs(1), sizes: [64]);
        Assert.Contains("Nothing moves the picture", Assert.Single(still.Warnings));
    }

    [Fact]
    public async Task MistakesAreNamed()
    {
        var noContent = s_network.Synthesize(Loss.Style(s_style), Start.Content(), Optimizer.Lbfgs(1));
        Assert.Contains("no content term", (await Assert.ThrowsAsync<StyleLabException>(async () => await noContent)).Message);
        Assert.Contains("how large", Assert.Throws<StyleLabException>(() => s_network.Synthesize(Loss.TotalVariation())).Message);
        Assert.Contains("no layer 'relu9_9'",
            Assert.Throws<StyleLabException>(() => s_network.Synthesize(Loss.TotalVariation() + 2 * Loss.Content(s_content, "relu9_9"))).Message);
        Assert.Contains("must grow", Assert.Throws<ArgumentException>(() => s_network.Synthesize(Objective, sizes: [64, 32])).Message);
    }

    private sealed class Watcher(Action<ProgressView> see) : IObserver<ProgressView>
    {
        public bool Completed { get; private set; }
        public void OnCompleted() => Completed = true;
        public void OnError(Exception error) { }
        public void OnNext(ProgressView value) => see(value);
    }
}
