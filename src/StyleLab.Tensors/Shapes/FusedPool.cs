namespace StyleLab.Tensors;

/// <summary>What of 2×2 pooling the plan has made part of a convolution or of its gradient.</summary>
public enum FusedPool
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The mean of each window.</summary>
    Average,

    /// <summary>The largest value of each window.</summary>
    Max,
}
