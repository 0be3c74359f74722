namespace StyleLab;

/// <summary>A named tensor's numbers as they stand in a weights file, converted to float32.</summary>
public sealed class WeightArray
{
    /// <summary>Makes an array of weights.</summary>
    /// <param name="shape">The sizes, outermost first; an empty shape is one number. Kept, not copied.</param>
    /// <param name="values">As many values as the shape says, the last dimension running fastest. Kept, not copied.</param>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public WeightArray(int[] shape, float[] values)
    {
        // In double: exact as far as arrays reach, and nothing overflows.
        if (shape.Any(size => size < 0) || shape.Aggregate(1.0, (count, size) => count * size) != values.Length)
            throw new ArgumentException($"The shape {TextOf(shape)} does not hold {values.Length} values.");
        Shape = shape;
        Values = values;
    }

    /// <summary>The sizes, outermost first; a convolution's weight is [out, in, 3, 3], its bias [out].</summary>
    public int[] Shape { get; }

    /// <summary>The values, the last dimension running fastest.</summary>
    public float[] Values { get; }

    internal static string TextOf(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>The shape, such as <c>[64, 3, 3, 3]</c>.</summary>
    public override string ToString() => TextOf(Shape);
}
