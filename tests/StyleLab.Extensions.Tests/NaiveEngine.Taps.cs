using StyleLab.Tensors;
using StyleLab.Tensors.Engines;

namespace StyleLab.Extensions.Tests;

// Operations of taps, and their gradients.
public sealed partial class NaiveEngine
{
    public void Pad(Storage x, Padding padding, int top, int left, Storage y) => Apply(Taps.OfBorder(x.Shape, y.Shape, padding, top, left), x, y);

    public void PadGradient(Storage gradient, Padding padding, int top, int left, Storage result) =>
        ApplyBackwards(Taps.OfBorder(result.Shape, gradient.Shape, padding, top, left), gradient, result);

    public void Crop(Storage x, int top, int left, Storage y) => Apply(Taps.OfBorder(x.Shape, y.Shape, Padding.Zero, -top, -left), x, y);

    public void Resize(Storage x, Storage y) => Apply(Taps.OfResampling(x.Shape, y.Shape), x, y);

    public void ResizeGradient(Storage gradient, Storage result) => ApplyBackwards(Taps.OfResampling(result.Shape, gradient.Shape), gradient, result);

    public void AveragePool(Storage x, Storage y) => WindowAveragePool(x, PoolWindow.Two, y);

    public void AveragePoolGradient(Storage gradient, Storage result) => WindowAveragePoolGradient(gradient, PoolWindow.Two, result);

    public void MaxPool(Storage x, Storage y) => WindowMaxPool(x, PoolWindow.Two, y);

    public void MaxPoolGradient(Storage x, Storage gradient, Storage result) => WindowMaxPoolGradient(x, gradient, PoolWindow.Two, result);

    public void WindowAveragePool(Storage x, PoolWindow window, Storage y) =>
        Apply(Taps.OfWindows(x.Shape, y.Shape, window).SelectMany(taps => taps), x, y);

    public void WindowAveragePoolGradient(Storage gradient, PoolWindow window, Storage result) =>
        ApplyBackwards(Taps.OfWindows(result.Shape, gradient.Shape, window).SelectMany(taps => taps), gradient, result);

    public void WindowMaxPool(Storage x, PoolWindow window, Storage y)
    {
        var (from, to) = (Of(x), Of(y));
        foreach (var (n, c, tap) in Largest(x, y.Shape, window))
            to[n, c, tap.TargetRow, tap.TargetColumn] = from[n, c, tap.SourceRow, tap.SourceColumn];
    }

    public void WindowMaxPoolGradient(Storage x, Storage gradient, PoolWindow window, Storage result)
    {
        var g = Of(gradient);
        var sums = new Sums(result.Shape);
        foreach (var (n, c, tap) in Largest(x, gradient.Shape, window))
            sums[n, c, tap.SourceRow, tap.SourceColumn] += g[n, c, tap.TargetRow, tap.TargetColumn];
        sums.WriteTo(Of(result));
    }

    // Pooling is never part of a convolution here, see IEngine.FusesPooling.
    public void Convolution(Storage x, IFilters filters, Storage bias, Padding padding, bool withRelu, FusedPool pool, Storage y, Storage mask)
    {
        Filter(Taps.OfFilters(x.Shape, ((Filters)filters).Shape.Height, padding), x, (Filters)filters, bias, withRelu, y);
        if (mask.Exists)
            PositiveMask(y, mask);
    }

    public void ConvolutionInputGradient(Storage gradient, Storage mask, IFilters filters, Padding padding, FusedPool pool, Storage result) =>
        FilterBackwards(Taps.OfFilters(result.Shape, ((Filters)filters).Shape.Height, padding), gradient, mask, (Filters)filters, result);

    public void StridedConvolution(Storage x, IFilters filters, Storage bias, int stride, bool withRelu, Storage y) =>
        Filter(Taps.OfStridedFilters(y.Shape, ((Filters)filters).Shape.Height, stride), x, (Filters)filters, bias, withRelu, y);

    public void StridedConvolutionInputGradient(Storage gradient, Storage mask, IFilters filters, int stride, Storage result) =>
        FilterBackwards(Taps.OfStridedFilters(gradient.Shape, ((Filters)filters).Shape.Height, stride), gradient, mask, (Filters)filters, result);

    private void Apply(IEnumerable<Tap> taps, Storage x, Storage y)
    {
        var from = Of(x);
        var sums = new Sums(y.Shape);
        foreach (var tap in taps)
            foreach (var (n, c) in Planes(y.Shape))
                sums[n, c, tap.TargetRow, tap.TargetColumn] += tap.Weight * from[n, c, tap.SourceRow, tap.SourceColumn];
        sums.WriteTo(Of(y));
    }

    private void ApplyBackwards(IEnumerable<Tap> taps, Storage gradient, Storage result)
    {
        var g = Of(gradient);
        var sums = new Sums(result.Shape);
        foreach (var tap in taps)
            foreach (var (n, c) in Planes(result.Shape))
                sums[n, c, tap.SourceRow, tap.SourceColumn] += tap.Weight * g[n, c, tap.TargetRow, tap.TargetColumn];
        sums.WriteTo(Of(result));
    }

    private void Filter(IEnumerable<Tap> taps, Storage x, Filters filters, Storage bias, bool withRelu, Storage y)
    {
        var (from, offsets, to) = (Of(x), Of(bias), Of(y));
        var sums = new Sums(y.Shape);
        foreach (var tap in taps)
            foreach (var (n, k) in Planes(y.Shape))
            {
                ref double sum = ref sums[n, k, tap.TargetRow, tap.TargetColumn];
                for (int c = 0; c < x.Shape.Channels; c++)
                    sum += filters[k, c, tap.I, tap.J] * from[n, c, tap.SourceRow, tap.SourceColumn];
            }
        foreach (var (n, k, row, column) in Positions(y.Shape))
        {
            double value = sums[n, k, row, column] + offsets[0, k, 0, 0];
            to[n, k, row, column] = (float)(withRelu ? Math.Max(value, 0) : value);
        }
    }

    private void FilterBackwards(IEnumerable<Tap> taps, Storage gradient, Storage mask, Filters filters, Storage result)
    {
        var g = Of(gradient);
        var counts = mask.Exists ? Of(mask) : default;
        var sums = new Sums(result.Shape);
        foreach (var tap in taps)
            foreach (var (n, k) in Planes(gradient.Shape))
                if (!mask.Exists || counts[n, k, tap.TargetRow, tap.TargetColumn] > 0)
                    for (int c = 0; c < result.Shape.Channels; c++)
                        sums[n, c, tap.SourceRow, tap.SourceColumn] += filters[k, c, tap.I, tap.J] * g[n, k, tap.TargetRow, tap.TargetColumn];
        sums.WriteTo(Of(result));
    }

    /// <summary>The first largest value of each window in reading order.</summary>
    private IEnumerable<(int N, int C, Tap Tap)> Largest(Storage x, Shape target, PoolWindow window)
    {
        var from = Of(x);
        var windows = Taps.OfWindows(x.Shape, target, window).ToList();
        foreach (var (n, c) in Planes(target))
            foreach (var taps in windows)
                yield return (n, c, taps.MaxBy(tap => from[n, c, tap.SourceRow, tap.SourceColumn]));
    }

    private static IEnumerable<(int N, int C)> Planes(Shape shape) =>
        from n in Enumerable.Range(0, shape.Batch) from c in Enumerable.Range(0, shape.Channels) select (n, c);
}
