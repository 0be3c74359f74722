namespace StyleLab.Tensors.Engines.Simd;

/// <summary>
/// Filters of a convolution as they are, or as its input gradient needs them: turned by 180°, inputs and outputs
/// exchanged. The values stay where they are.
/// </summary>
internal sealed class FilterView(float[] values, Shape shape, bool turned)
{
    /// <summary>Output channels of the view.</summary>
    public int Outputs { get; } = turned ? shape.Channels : shape.Batch;

    /// <summary>Input channels of the view.</summary>
    public int Inputs { get; } = turned ? shape.Batch : shape.Channels;

    /// <summary>Height and width of a filter.</summary>
    public int Size => shape.Height;

    /// <summary>One weight of the view.</summary>
    public float this[int output, int input, int row, int column] => turned
        ? values[((input * shape.Channels + output) * Size + Size - 1 - row) * Size + Size - 1 - column]
        : values[((output * shape.Channels + input) * Size + row) * Size + column];
}
