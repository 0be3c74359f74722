namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>The three pictures of a style transfer, all of one size, and what it minimises.</summary>
internal sealed record TransferPictures(Picture Content, Picture Style, Picture Start)
{
    private const double ContentWeight = 0.1, StyleWeight = 1;

    public Loss Objective => ContentWeight * Loss.Content(Content, "relu4_2") + StyleWeight * Loss.Style(Style, "relu1_1..relu5_1");

    /// <summary>A square painting of the repository's pictures, begun with noise.</summary>
    public static TransferPictures OfSize(int size, string folder)
    {
        var style = Load("swirls.png");
        return new(Load("village.png"), style, Picture.Noise(size, size, seed: 1, style.MeanColor(), sigma: 0.15));

        Picture Load(string file) => Picture.Load(Path.Combine(folder, file)).Square().Resize(size, size);
    }

    /// <summary>As float32, so that both sides see the same bits.</summary>
    public void Write(string path)
    {
        using var stream = File.Create(path);
        Safetensors.Write(stream,
        [
            new("content", Planes(Content)), new("style", Planes(Style)), new("start", Planes(Start)),
            new("weights", new([2], [(float)ContentWeight, (float)StyleWeight])),
        ]);

        static WeightArray Planes(Picture picture) => new([1, 3, picture.Height, picture.Width], picture.Values);
    }

    public static TransferPictures Read(string path)
    {
        using var stream = File.OpenRead(path);
        var tensors = Safetensors.Read(stream);
        return new(Of("content"), Of("style"), Of("start"));

        Picture Of(string name) => new(tensors[name].Shape[3], tensors[name].Shape[2], tensors[name].Values);
    }
}
