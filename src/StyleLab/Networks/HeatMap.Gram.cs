namespace StyleLab;

public sealed partial class HeatMap
{
    /// <summary>
    /// The Gram matrix of a layer, divided by the number of positions: row and column are channels, bright is how much two
    /// are active in the same places. On a logarithmic scale, as few channels are much stronger than the others.
    /// </summary>
    /// <param name="network">The loss network.</param>
    /// <param name="picture">The picture that the network looks at.</param>
    /// <param name="layer">One layer, such as <c>relu2_1</c>.</param>
    /// <exception cref="StyleLabException">The layer does not exist, or the picture is too small for it.</exception>
    public static HeatMap Gram(LossNetwork network, Picture picture, string layer)
    {
        var map = network.Features(picture)[layer];
        int channels = map.Shape.Channels;
        float[] gram = (map.Gram() / (float)map.Shape.Area).ToArray();
        var values = new double[channels, channels];
        for (int i = 0; i < gram.Length; i++)
            values[i / channels, i % channels] = gram[i];
        return new(values) { Log = true, Title = $"Gram matrix of {layer}, {channels}×{channels}" };
    }
}
