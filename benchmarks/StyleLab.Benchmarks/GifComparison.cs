using System.Diagnostics;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.PixelFormats;

namespace StyleLab.Benchmarks;

/// <summary>GIFs beside those of ImageSharp (its default: an octree, and Floyd and Steinberg's dithering), in turns.</summary>
internal static class GifComparison
{
    private const int Turns = 7, LongSide = 400;

    // About what an eye at arm's length takes together.
    private const double Sigma = 1.5;

    public static void Print(IReadOnlyList<string> files)
    {
        Console.WriteLine("| picture | error after a blur, ours | ImageSharp | error of pixels, ours | ImageSharp | KB, ours | ImageSharp | ms, ours | ImageSharp |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (string file in files)
        {
            var picture = Picture.Decode(Picture.Load(file).Fit(LongSide).WithoutAlpha().EncodePng());
            using var image = SixLabors.ImageSharp.Image.Load<Rgb24>(picture.EncodePng());
            var (ours, theirs) = ((Gif: Array.Empty<byte>(), Time: double.MaxValue), (Gif: Array.Empty<byte>(), Time: double.MaxValue));
            for (int turn = 0; turn < Turns; turn++)
            {
                ours = Better(ours, () => new Animation { { picture, 1.0 } }.EncodeGif());
                theirs = Better(theirs, () =>
                {
                    using var gif = new MemoryStream();
                    image.SaveAsGif(gif, new GifEncoder());
                    return gif.ToArray();
                });
            }
            var (our, their) = (Errors(picture, ours.Gif), Errors(picture, theirs.Gif));
            Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"| {Path.GetFileNameWithoutExtension(file)} | {our.Blurred:F2} | {their.Blurred:F2} | {our.Pixels:F2} | {their.Pixels:F2} | {ours.Gif.Length / 1024} | {theirs.Gif.Length / 1024} | {ours.Time:F0} | {theirs.Time:F0} |"));
        }
    }

    private static (byte[], double) Better((byte[] Gif, double Time) before, Func<byte[]> encode)
    {
        var clock = Stopwatch.StartNew();
        byte[] gif = encode();
        return (gif, Math.Min(before.Time, clock.Elapsed.TotalMilliseconds));
    }

    /// <summary>Mean differences in levels of 0..255.</summary>
    private static (double Blurred, double Pixels) Errors(Picture picture, byte[] gif)
    {
        using var image = SixLabors.ImageSharp.Image.Load<Rgb24>(gif);
        var shown = Picture.From(image);
        return (Difference(picture.Blur(Sigma), shown.Blur(Sigma)), Difference(picture, shown));

        static double Difference(Picture a, Picture b) => 255 * a.Values.Zip(b.Values, (x, y) => Math.Abs((double)x - y)).Average();
    }
}
