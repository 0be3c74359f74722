using System.Runtime.CompilerServices;

namespace StyleLab.Notebooks;

/// <summary>
/// Values of well-known libraries, shown as what they are: charts, pictures, tables, tensors. The types are known by name and read by
/// reflection, so that none of these libraries is ours and whichever version the user brings is asked.
/// </summary>
internal static class KnownValues
{
    private static readonly Dictionary<string, Func<object, MimeBundle?>> ByName = new()
    {
        ["Plotly.NET.GenericChart"] = PlotlyNet.Show,
        ["Plotly.NET.GenericChart+GenericChart"] = PlotlyNet.Show,
        ["XPlot.Plotly.PlotlyChart"] = XPlot.Show,
        ["ScottPlot.Plot"] = ScottPlot.Show,
        ["SixLabors.ImageSharp.Image"] = ImageSharp.Show,
        ["SkiaSharp.SKBitmap"] = Skia.Show,
        ["SkiaSharp.SKImage"] = Skia.Show,
        ["SkiaSharp.SKPixmap"] = Skia.Show,
        ["SkiaSharp.SKSurface"] = Skia.ShowSurface,
        ["SkiaSharp.SKPicture"] = Skia.ShowPicture,
        ["SkiaSharp.SKColor"] = Skia.ShowColor,
        ["SkiaSharp.SKColorF"] = Skia.ShowColor,
        ["ImageMagick.IMagickImage"] = Magick.Show,
        ["ImageMagick.IMagickImageCollection"] = Magick.ShowSeveral,
        ["Microsoft.Data.Analysis.DataFrame"] = DataFrames.Show,
        ["Microsoft.ML.IDataView"] = DataViews.Show,
        ["TorchSharp.torch+Tensor"] = TorchTensors.Show,
    };

    // Weak, so that types declared in cells can go with their session.
    private static readonly ConditionalWeakTable<Type, Known> Types = [];

    /// <summary>Whether a type says itself how it is shown, and less than is known here.</summary>
    public static bool StandBeforeTheirOwn(Type type) => type.FullName == "TorchSharp.torch+Tensor";

    /// <summary>Whether values of its type are known.</summary>
    public static bool Has(object value) => Types.GetValue(value.GetType(), Find).Show != null;

    /// <summary>Whether a package is one of those whose values are known, or a part of it.</summary>
    public static bool AreOf(string package) =>
        ByName.Keys.Any(type => type.StartsWith(package + ".", StringComparison.OrdinalIgnoreCase));

    /// <summary>The value as what it is; null if it is not known, or empty.</summary>
    public static MimeBundle? Format(object value)
    {
        try
        {
            return Types.GetValue(value.GetType(), Find).Show?.Invoke(value);
        }
        catch (System.Reflection.TargetInvocationException thrown)
        {
            throw thrown.GetBaseException();
        }
    }

    /// <summary>The value as text; null if it is not known.</summary>
    public static string? Text(object value)
    {
        if (!Has(value))
            return null;
        try
        {
            return Format(value)?[MimeTypes.PlainText] ?? TypeName.Of(value.GetType());
        }
        catch (Exception)
        {
            return TypeName.Of(value.GetType());
        }
    }

    /// <summary>The same within a line of other text.</summary>
    public static string? Line(object value) => Text(value) is not { } text ? null : text.Contains('\n') ? TypeName.Of(value.GetType()) : text;

    private static Known Find(Type type)
    {
        for (Type? current = type; current != null; current = current.BaseType)
        {
            if (Of(current) is { } known)
                return known;
        }

        return type.GetInterfaces().Select(Of).FirstOrDefault(known => known != null) ?? new Known(null);

        static Known? Of(Type type) => ByName.TryGetValue(type.FullName ?? "", out var show) ? new Known(show) : null;
    }

    private sealed record Known(Func<object, MimeBundle?>? Show);
}
