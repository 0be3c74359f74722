using System.Diagnostics;
using StyleLab.Pictures.Jpeg;

namespace StyleLab.Tests.Pictures.Jpeg;

public class JpegWriterTests
{
    // Bounds half a decibel below what the standard's tables give for this picture; the step at 90 is the colour's resolution.
    [Theory]
    [InlineData(1, 19.5)]
    [InlineData(10, 24.7)]
    [InlineData(50, 29)]
    [InlineData(75, 29.8)]
    [InlineData(89, 31.2)]
    [InlineData(90, 36.8)]
    [InlineData(100, 50)]
    public void KeepsThePictureAsWellAsTheQualitySays(int quality, double leastDecibels)
    {
        var picture = Scene(67, 45);
        var decoded = JpegReader.Read(JpegWriter.Write(picture, quality));
        Assert.Equal((67, 45), (decoded.Width, decoded.Height));
        Assert.InRange(SignalToNoise(picture, decoded), leastDecibels, double.PositiveInfinity);
    }

    [Fact]
    public void HigherQualityIsCloserAndLarger()
    {
        var picture = Scene(67, 45);
        byte[][] files = [.. new[] { 5, 30, 60, 85, 95 }.Select(q => JpegWriter.Write(picture, q))];
        double[] decibels = [.. files.Select(f => SignalToNoise(picture, JpegReader.Read(f)))];
        Assert.Equal(decibels.Order(), decibels);
        Assert.Equal(files.Select(f => f.Length).Order(), files.Select(f => f.Length));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 8)]
    [InlineData(17, 1)]
    [InlineData(1, 33)]
    public void SmallAndFlatPicturesComeBackExactly(int width, int height)
    {
        // A grey level needs the DC coefficient only, which is exact at quality 100.
        var picture = new Picture(width, height);
        picture.Values.AsSpan().Fill(77 / 255f);
        var decoded = JpegReader.Read(JpegWriter.Write(picture, 100));
        Assert.Equal((width, height), (decoded.Width, decoded.Height));
        Assert.Equal(picture.Values, decoded.Values);
    }

    [Fact]
    public void ValuesOutsideTheRangeAreClamped()
    {
        var picture = new Picture(16, 16);
        picture.Values.AsSpan(0, 256).Fill(9f);
        picture.Values.AsSpan(256, 256).Fill(-9f);
        picture.Values.AsSpan(512).Fill(float.NaN);
        var decoded = JpegReader.Read(JpegWriter.Write(picture, 100));
        Assert.InRange(decoded[0, 5, 5], 0.99f, 1f);
        Assert.InRange(decoded[1, 5, 5], 0f, 0.01f);
        Assert.InRange(decoded[2, 5, 5], 0f, 0.01f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(-5)]
    public void QualityOutsideTheRangeIsRefused(int quality)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => JpegWriter.Write(new Picture(1, 1), quality));
        Assert.Contains($"must be from 1 (smallest) to 100 (finest), not {quality}.", error.Message);
    }

    [Fact]
    public void PicturesLargerThanTheFormatAreRefused()
    {
        var error = Assert.Throws<StyleLabException>(() => JpegWriter.Write(new Picture(65536, 1), 90));
        Assert.Equal("A JPEG has at most 65535 pixels across and down, but the picture is 65536×1; save it as PNG.", error.Message);
    }

    [Fact]
    public void PillowReadsTheSamePixels()
    {
        if (FindPythonWithPillow() is not { } python)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI needs python3 with Pillow for this test.");
            Console.WriteLine("PillowReadsTheSamePixels: no python3 with Pillow here, nothing compared.");
            return;
        }
        string file = Path.Combine(Path.GetTempPath(), $"stylelab-{Guid.NewGuid():N}.jpg");
        try
        {
            foreach (int quality in new[] { 1, 40, 85, 95, 100 })
            {
                byte[] data = JpegWriter.Write(Scene(67, 45), quality);
                File.WriteAllBytes(file, data);
                byte[] theirs = Run(python,
                    "import sys; from PIL import Image; sys.stdout.buffer.write(Image.open(sys.argv[1]).convert('RGB').tobytes())",
                    file)!;
                Assert.Equal(JpegFixture.ToRgb(JpegReader.Read(data)), theirs);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    // The first python3 on the path may be one without Pillow.
    private static string? FindPythonWithPillow() =>
        new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(python => Run(python, "import PIL") != null);

    // What the program writes, or null when it cannot be run.
    private static byte[]? Run(string python, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, ["-c", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            return process.ExitCode == 0 ? output.ToArray() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // Smooth colours, a hard edge and some grain.
    private static Picture Scene(int width, int height)
    {
        var picture = new Picture(width, height);
        var random = new Random(3);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                float u = (float)x / width, v = (float)y / height, grain = 0.03f * (random.NextSingle() - 0.5f);
                bool inside = (u - 0.6f) * (u - 0.6f) + (v - 0.4f) * (v - 0.4f) < 0.06f;
                picture[0, y, x] = Math.Clamp((inside ? 0.8f : u) + grain, 0, 1);
                picture[1, y, x] = Math.Clamp((inside ? 0.3f : 0.8f - 0.5f * v) + grain, 0, 1);
                picture[2, y, x] = Math.Clamp((inside ? 0.2f : 0.5f + 0.4f * MathF.Sin(5 * u + 3 * v)) + grain, 0, 1);
            }
        return picture;
    }

    // Peak signal-to-noise ratio in decibels.
    private static double SignalToNoise(Picture expected, Picture actual) =>
        -10 * Math.Log10(expected.Values.Zip(actual.Values, (a, b) => (double)(a - b) * (a - b)).Average());
}
