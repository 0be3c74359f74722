using System.Runtime.Loader;
using StyleLab.Pictures.Decoders;

namespace StyleLab.Tests.Pictures.Decoders;

public sealed class SkiaDecoderTests : IDisposable
{
    private static readonly string s_fixtures = Path.Combine(Repository.Folder, "tests", "StyleLab.Tests", "Pictures", "Decoders", "fixtures");

    // What two decoders of the same format may differ by.
    private static readonly string[] s_lossy = ["lossy", "lossy-alpha", "arithmetic"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-");

    public static TheoryData<string> Names => [.. Directory.GetFiles(s_fixtures).Where(file => Path.GetExtension(file) is not (".rgba" or ".heic")).Select(file => Path.GetFileName(file)).Order()];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory, MemberData(nameof(Names))]
    public void OtherFormatsAreReadWithTheirAlphaOrientationAndProfile(string name)
    {
        var picture = Picture.Load(Path.Combine(s_fixtures, name));
        byte[] expected = File.ReadAllBytes(Path.Combine(s_fixtures, name + ".rgba"));
        int plane = picture.Width * picture.Height;
        Assert.Equal(expected.Length, 4 * plane);
        Assert.Equal(!name.StartsWith("orientation-5", StringComparison.Ordinal) && !name.StartsWith("orientation-6", StringComparison.Ordinal), picture.Width == 19);
        double sum = 0, most = 0;
        for (int i = 0; i < plane; i++)
        {
            double alpha = expected[4 * i + 3] / 255.0;
            Assert.Equal(alpha, picture.Alpha?[i] ?? 1, 3e-4);
            for (int channel = 0; channel < 3; channel++)
            {
                double error = Math.Abs(255 * (picture.Values[channel * plane + i] - (1 - alpha * (1 - expected[4 * i + channel] / 255.0))));
                (sum, most) = (sum + error, Math.Max(most, error));
            }
        }
        string kind = Path.GetFileNameWithoutExtension(name);
        // The expected pixels of profiles are rounded to 8 bits; between the entries of tables there is more than one way to go.
        var (mostMean, mostOf) = s_lossy.Contains(kind) ? (0.1, 1) : kind.StartsWith("display-p3", StringComparison.Ordinal) ? (0.3, 0.8)
            : kind is "tables" or "inks" ? (1.0, 4.0) : (1e-4, 1e-3);
        Assert.True(sum / (3 * plane) <= mostMean && most <= mostOf, $"mean {sum / (3 * plane):f3}, most {most:f3} levels");
    }

    [Theory]
    [InlineData("lossy.webp", "WebP")]
    [InlineData("lossless.webp", "WebP")]
    [InlineData("still.gif", "GIF")]
    [InlineData("bits24.bmp", "BMP")]
    [InlineData("bitmap-inside.ico", "icon")]
    public void WhatIsCutOffIsRefusedWithASentence(string name, string format)
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(s_fixtures, name));
        foreach (int length in new[] { whole.Length * 2 / 3, whole.Length / 3, 70 })
        {
            string path = Path.Combine(_folder.FullName, name);
            File.WriteAllBytes(path, whole[..length]);
            Assert.Matches($"cut|^.*{name} cannot be read: the {format} data (ends too early|is damaged: it cannot be decoded)", Assert.Throws<StyleLabException>(() => Picture.Load(path)).Message);
        }
    }

    [Fact]
    public void AFileThatPromisesTooManyPixelsIsRefusedBeforeMemoryIsTaken()
    {
        byte[] gif = File.ReadAllBytes(Path.Combine(s_fixtures, "still.gif"));
        (gif[6], gif[7], gif[8], gif[9]) = (0x00, 0x40, 0x00, 0x40);
        Assert.Equal("The data cannot be read: the picture is too large: it has 16384×16384 pixels, at most 100 megapixels are read.",
            Assert.Throws<StyleLabException>(() => Picture.Decode(gif)).Message);

        // Allowed in size, but there is next to nothing in it.
        byte[] bmp = File.ReadAllBytes(Path.Combine(s_fixtures, "bits24.bmp"));
        BitConverter.GetBytes(9_000).CopyTo(bmp, 18);
        BitConverter.GetBytes(11_000).CopyTo(bmp, 22);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("ends too early", Assert.Throws<StyleLabException>(() => Picture.Decode(bmp)).Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void AJpegOfAKindThatNobodyReadsKeepsItsSentence()
    {
        byte[] jpeg = File.ReadAllBytes(Path.Combine(s_fixtures, "tables.jpg"));
        int frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        jpeg[frame + 1] = 0xC3;
        Assert.Equal("The data cannot be read: the JPEG uses lossless coding, which cannot be read here; save it again as an ordinary 8-bit baseline or progressive JPEG.",
            Assert.Throws<StyleLabException>(() => Picture.Decode(jpeg)).Message);
    }

    [Fact]
    public void TheLibraryLivesInAContextOfItsOwn()
    {
        var decoder = SkiaLibrary.Decoder!.GetType().Assembly;
        Assert.NotSame(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(decoder));
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name == "SkiaSharp");
    }

    [Fact]
    public void AnOriginAndARecipeFindAWebPAgain()
    {
        string path = Path.Combine(_folder.FullName, "scene.webp");
        File.Copy(Path.Combine(s_fixtures, "lossless-alpha.webp"), path);
        var picture = Picture.Load(path);
        File.Move(path, Path.Combine(_folder.FullName, "renamed.webp"));
        Assert.Equal(picture.Values, picture.Origin!.Replay(_folder.FullName).Values);
    }
}
