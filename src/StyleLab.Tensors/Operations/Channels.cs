namespace StyleLab.Tensors.Operations;

/// <summary>(x, y) → the channels of x, then those of y.</summary>
internal sealed record Concatenate : Operation;

/// <summary><paramref name="Count"/> channels from <paramref name="First"/> on.</summary>
internal sealed record SliceChannels(int First, int Count) : Operation;
