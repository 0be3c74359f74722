namespace StyleLab;

/// <summary>What a loss network's pooling layers keep of each 2×2 square.</summary>
public enum Pooling
{
    /// <summary>The mean. Pictures made with it are smoother and the optimisation moves faster (Gatys et al. 2015, §2).</summary>
    Average,

    /// <summary>The maximum, as in the networks' training.</summary>
    Max,
}
