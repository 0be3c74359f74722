namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>Loss and image gradient of one contest, evaluated by both sides in turns.</summary>
/// <param name="Contest">What was computed.</param>
/// <param name="Best">The padding and layout in which PyTorch is fastest; it competed with these.</param>
/// <param name="Ours">Seconds an evaluation, a value a round.</param>
/// <param name="PyTorch">Seconds an evaluation, a value a round.</param>
/// <param name="FmaPeak">Floating-point operations a second, a value a round.</param>
/// <param name="AllocatedBytes">Managed bytes that StyleLab allocates an evaluation, warmed up.</param>
/// <param name="Agreements">In every padding and layout.</param>
internal sealed record EvaluationContest(
    Contest Contest, Variant Best, Samples Ours, Samples PyTorch, Samples FmaPeak, double AllocatedBytes, IReadOnlyList<Agreement> Agreements)
{
    private const int MostEvaluationsARound = 50;

    public static EvaluationContest Run(Contest contest, Side ours, Side pyTorch, Effort effort, SharedFiles files)
    {
        var agreements = new List<Agreement>();
        var speeds = new Dictionary<Variant, double>();
        foreach (var variants in Variant.All.GroupBy(v => v.Padding))
        {
            ours.Prepare(contest, variants.First(), files);
            double ourLoss = ours.Evaluate(1).Loss;
            var ourGradient = ours.Gradient(files);
            foreach (var variant in variants)
            {
                pyTorch.Prepare(contest, variant, files);
                double loss = pyTorch.Evaluate(1).Loss;
                agreements.Add(Agreement.Of(contest, variant, ourLoss, ourGradient, loss, pyTorch.Gradient(files)));
                speeds[variant] = Samples.MedianOf(pyTorch.Evaluate(3).Seconds);
            }
        }
        var best = speeds.MinBy(s => s.Value).Key;

        ours.Prepare(contest, Variant.Ours, files);
        pyTorch.Prepare(contest, best, files);
        int ourTimes = WarmUp(ours, effort), theirTimes = WarmUp(pyTorch, effort);
        double allocated = 0;
        var samples = Samples.Interleaved(effort.Rounds,
            () =>
            {
                var evaluations = ours.Evaluate(ourTimes);
                allocated = evaluations.AllocatedBytes!.Value;
                return Samples.MedianOf(evaluations.Seconds);
            },
            () => Samples.MedianOf(pyTorch.Evaluate(theirTimes).Seconds),
            () => VersusPyTorch.FmaPeak.Measure(Side.Threads));
        return new(contest, best, samples[0], samples[1], samples[2], allocated, agreements);
    }

    /// <summary>Evaluates for a while, and says how many evaluations make a round.</summary>
    private static int WarmUp(Side side, Effort effort)
    {
        double last = side.Evaluate(1).Seconds[0];
        for (double spent = last; spent < effort.WarmUpSeconds; spent += last)
            last = side.Evaluate(1).Seconds[0];
        return Math.Clamp((int)(effort.BatchSeconds / last), 1, MostEvaluationsARound);
    }
}
