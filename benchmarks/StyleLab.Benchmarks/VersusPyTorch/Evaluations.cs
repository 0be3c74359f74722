namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>What a side measured: the seconds of each evaluation, the loss, and managed bytes allocated an evaluation (ours only).</summary>
internal sealed record Evaluations(double[] Seconds, double Loss, double? AllocatedBytes);
