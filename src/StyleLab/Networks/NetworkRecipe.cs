using StyleLab.Networks;
using StyleLab.Tensors;

namespace StyleLab;

/// <summary>A loss network as a recipe names it.</summary>
/// <param name="Name">Name or file given to <see cref="LossNetwork.Load"/>.</param>
/// <param name="Sha256">Hash of its weights file.</param>
/// <param name="Pooling">Average or max.</param>
/// <param name="Padding">What convolutions see beyond the edge.</param>
public sealed record NetworkRecipe(string Name, string Sha256, Pooling Pooling, Padding Padding)
{
    /// <summary>The network's <see cref="Architecture.ContentScale"/>, above 0; 1 if not given.</summary>
    public double? ContentScale
    {
        get;
        init => field = value is null or > 0 and < double.PositiveInfinity
            ? value
            : throw new ArgumentException($"The content scale of a network must be above 0, got {value}.");
    }

    /// <summary>What strided convolutions do; <see cref="Striding.Skip"/> if not given.</summary>
    public Striding? Striding { get; init; }

    /// <summary>Loads the network.</summary>
    /// <exception cref="StyleLabException">It cannot be found or is not the one the recipe was made with.</exception>
    public LossNetwork Load()
    {
        var network = LossNetwork.Load(Name, Pooling).WithPadding(Padding).WithStriding(Striding ?? StyleLab.Striding.Skip).WithContentScale(ContentScale ?? 1);
        return network.Source.Sha256 == Sha256
            ? network
            : throw new StyleLabException(
                $"The loss network '{Name}' is not the one the recipe was made with (SHA-256 {network.Source.Sha256}, expected {Sha256}).");
    }
}
