namespace StyleLab.Notebooks;

/// <summary>Plots of ScottPlot, in the size that its own examples have.</summary>
internal static class ScottPlot
{
    private const int Width = 600, Height = 400;

    public static MimeBundle Show(object plot)
    {
        var formats = Members.TypeBeside(plot.GetType(), "ScottPlot.ImageFormat");
        byte[] file = (byte[])Members.Call(plot, "GetImageBytes", Width, Height, Enum.Parse(formats, "Png"))!;
        return KnownPicture.Of(MimeTypes.Png, file, $"ScottPlot.Plot, {Width}×{Height}");
    }
}
