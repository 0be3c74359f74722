namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>How much is measured.</summary>
/// <param name="Shrink">Picture sizes are divided by this.</param>
/// <param name="Rounds">Rounds of interleaved evaluations.</param>
/// <param name="BatchSeconds">A round has at least one evaluation of each side, and as many as fit in this time.</param>
/// <param name="WarmUpSeconds">Evaluations before the first round, until the runtime has compiled what is hot.</param>
/// <param name="Steps">Steps of an optimisation.</param>
/// <param name="Processes">Whole processes of each side for an optimisation.</param>
internal sealed record Effort(int Shrink, int Rounds, double BatchSeconds, double WarmUpSeconds, int Steps, int Processes)
{
    /// <summary>About twenty minutes on two cores.</summary>
    public static Effort Full { get; } = new(Shrink: 1, Rounds: 15, BatchSeconds: 0.5, WarmUpSeconds: 2, Steps: 300, Processes: 3);

    /// <summary>About a minute: small pictures, few rounds, no judgement against targets.</summary>
    public static Effort Quick { get; } = new(Shrink: 4, Rounds: 3, BatchSeconds: 0.1, WarmUpSeconds: 0.5, Steps: 10, Processes: 1);

    public Contest Contest(string network, int size) => new(network, size / Shrink);
}
