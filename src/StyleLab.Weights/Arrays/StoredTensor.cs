namespace StyleLab.Weights;

/// <summary>A range of a file's bytes that holds numbers of one type one after the other.</summary>
/// <param name="Begin">Where it begins in the file.</param>
/// <param name="Length">Bytes of the numbers.</param>
/// <param name="IsDeflated">True where the file holds them compressed (RFC 1951).</param>
internal sealed record ByteRange(long Begin, long Length, bool IsDeflated = false)
{
    /// <summary>True where each number is a whole one of one to ten bytes, seven bits in each (protocol buffers' varint).</summary>
    public bool IsVarints { get; init; }
}

/// <summary>
/// A tensor as a file announces it: a view of a storage. Element (i, j, …) is number Offset + i·Strides[0] + j·Strides[1] + ….
/// That all of them lie inside the storage is checked when it is made.
/// </summary>
internal sealed class StoredTensor
{
    private const int MostDimensions = 16;

    /// <exception cref="InvalidDataException">The view is impossible, or reaches beyond its storage.</exception>
    public StoredTensor(string name, NumberType type, IReadOnlyList<long> shape, IReadOnlyList<long> strides, long offset, ByteRange storage)
    {
        var tensor = $"tensor {Quoted.Text(name)}";
        (Shape, Count) = CheckShape(tensor, shape);
        if (strides.Count != shape.Count || offset < 0 || strides.Any(stride => stride < 0))
            throw new InvalidDataException(
                $"{tensor} of shape {WeightArray.TextOf(Shape)} is laid out with {strides.Count} strides from number {offset}, which cannot be.");
        (Name, Type, Strides, Offset, Storage) = (name, type, strides, offset, storage);
        var available = storage.Length / (storage.IsVarints ? 1 : type.Bytes);
        // In double: nothing overflows, and far beyond any file's length rounding does not matter.
        var end = Count == 0 ? 0 : 1.0 + offset + Enumerable.Range(0, Shape.Length).Sum(axis => (Shape[axis] - 1.0) * strides[axis]);
        if (end > available)
            throw new InvalidDataException(
                $"{tensor} of shape {WeightArray.TextOf(Shape)} reaches number {end:0} of a storage of {available}.");
        if (Count > available && Count > LargestExpanded)
            throw new InvalidDataException(
                $"{tensor} of shape {WeightArray.TextOf(Shape)} repeats a storage of {available} numbers too often; up to {LargestExpanded} are made of fewer.");
    }

    // A tensor that was broadcast is small in the file and large in memory.
    private const int LargestExpanded = 1 << 20;

    public string Name { get; }

    public NumberType Type { get; }

    public int[] Shape { get; }

    public int Count { get; }

    public IReadOnlyList<long> Strides { get; }

    public long Offset { get; }

    public ByteRange Storage { get; }

    /// <summary>Whether the numbers lie one after the other, the last dimension running fastest.</summary>
    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                if (Shape[axis] != 1 && Strides[axis] != expected)
                    return false;
                expected *= Shape[axis];
            }
            return true;
        }
    }

    /// <summary>The strides of a tensor whose last dimension runs fastest.</summary>
    public static long[] RowMajor(IReadOnlyList<long> shape)
    {
        var strides = new long[shape.Count];
        long stride = 1;
        for (var axis = shape.Count - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride = unchecked(stride * Math.Max(1, shape[axis]));
        }
        return strides;
    }

    /// <summary>The sizes, and how many numbers they make.</summary>
    public static (int[] Shape, int Count) CheckShape(string tensor, IReadOnlyList<long> sizes)
    {
        if (sizes.Count > MostDimensions)
            throw new InvalidDataException($"{tensor} has {sizes.Count} dimensions; up to {MostDimensions} are read.");
        long count = 1;
        foreach (var size in sizes)
        {
            if (size < 0)
                throw new InvalidDataException($"{tensor} has a negative size in its shape [{string.Join(", ", sizes)}].");
            if (size > Array.MaxLength || count * size > Array.MaxLength)
                throw new InvalidDataException(
                    $"{tensor} of shape [{string.Join(", ", sizes)}] is too large; up to {Array.MaxLength} numbers are read.");
            count *= size;
        }
        return ([.. sizes.Select(size => (int)size)], (int)count);
    }
}
