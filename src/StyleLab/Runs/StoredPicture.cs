namespace StyleLab.Runs;

/// <summary>Pictures as tensors of a file: red, green and blue laid over white, and alpha where there is one.</summary>
internal static class StoredPicture
{
    /// <summary>The planes as [3 or 4, height, width].</summary>
    public static WeightArray Write(Picture picture) => picture.Alpha is { } alpha
        ? new([4, picture.Height, picture.Width], [.. picture.Values, .. alpha])
        : new([3, picture.Height, picture.Width], picture.Values);

    /// <exception cref="ArgumentException">The tensor is no picture.</exception>
    public static Picture Read(WeightArray tensor) => tensor.Shape switch
    {
        [3, var height, var width] => new(width, height, tensor.Values),
        [4, var height, var width] => Picture.OfOverlaid(width, height, tensor.Values[..(3 * height * width)], tensor.Values[(3 * height * width)..]),
        var shape => throw new ArgumentException($"a picture has 3 or 4 planes, got a tensor of [{string.Join(", ", shape)}]"),
    };
}
