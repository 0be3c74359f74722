using System.Numerics;

namespace StyleLab.Pictures;

/// <summary>
/// Weighted sums over one plane of a picture. Products and sums are taken in the same order whatever the vector width,
/// so that every machine gets the same bits.
/// </summary>
internal static class PlaneFilter
{
    /// <summary>Resizes each row of a plane.</summary>
    public static float[] ResizeRows(ReadOnlySpan<float> plane, int width, int height, ResamplingWeights weights)
    {
        var result = new float[weights.Length * height];
        for (var y = 0; y < height; y++)
        {
            var row = plane.Slice(y * width, width);
            for (var x = 0; x < weights.Length; x++)
            {
                var ofPixel = weights.Of(x);
                var pixels = row.Slice(weights.First(x), ofPixel.Length);
                var sum = 0f;
                for (var i = 0; i < pixels.Length; i++)
                    sum += pixels[i] * ofPixel[i];
                result[y * weights.Length + x] = sum;
            }
        }
        return result;
    }

    /// <summary>Resizes each column of a plane.</summary>
    public static float[] ResizeColumns(ReadOnlySpan<float> plane, int width, ResamplingWeights weights)
    {
        var result = new float[width * weights.Length];
        for (var y = 0; y < weights.Length; y++)
        {
            var ofRow = weights.Of(y);
            for (var i = 0; i < ofRow.Length; i++)
                AddScaled(plane.Slice((weights.First(y) + i) * width, width), ofRow[i], result.AsSpan(y * width, width));
        }
        return result;
    }

    /// <summary>Adds source · weight to the target, element by element.</summary>
    public static void AddScaled(ReadOnlySpan<float> source, float weight, Span<float> target)
    {
        var i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(target[i..]) + new Vector<float>(source[i..]) * weight).CopyTo(target[i..]);
        for (; i < target.Length; i++)
            target[i] += source[i] * weight;
    }
}
