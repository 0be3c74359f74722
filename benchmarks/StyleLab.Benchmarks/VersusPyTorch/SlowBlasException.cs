namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>PyTorch's matrix products run at the speed of the reference BLAS, which would flatter us.</summary>
internal sealed class SlowBlasException(string message) : Exception(message);
