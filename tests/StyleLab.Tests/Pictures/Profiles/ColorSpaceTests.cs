using System.Buffers.Binary;
using StyleLab.Pictures.Profiles;
using StyleLab.Tests.Pictures.Png;

namespace StyleLab.Tests.Pictures.Profiles;

public class ColorSpaceTests
{
    private static readonly Picture s_scene = TestPictures.Scene(48, 32, seed: 6);

    [Fact]
    public void AFileThatIsSrgbInItsOwnWordsKeepsItsExactValues()
    {
        byte[][] files =
        [
            ProfileBytes.ProfiledPng(s_scene, ProfileBytes.Colors(ProfileBytes.Srgb, ProfileBytes.SrgbCurve)),
            ProfileBytes.ProfiledPng(s_scene, ProfileBytes.Colors(ProfileBytes.Srgb, ProfileBytes.Table(1024, x => x <= 0.04045 ? x / 12.92 : Math.Pow((x + 0.055) / 1.055, 2.4)))),
            ProfileBytes.Png(s_scene, PngBytes.Chunk("sRGB", [0]), Gamma(45455), Chromaticities(0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)),
            ProfileBytes.Png(s_scene, Gamma(45455)),
            ProfileBytes.Png(s_scene, Gamma(45455), Chromaticities(0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)),
            ProfileBytes.Png(s_scene, PngBytes.Chunk("cICP", [1, 13, 0, 1]), Gamma(100000)),
            ProfileBytes.Png(s_scene, PngBytes.Chunk("sRGB", [0]), Gamma(100000)),
        ];
        foreach (var file in files)
            Assert.Equal(s_scene.Values, Picture.Decode(file).Values);
        var profiled = ProfileBytes.Jpeg(s_scene, ProfileBytes.Colors(ProfileBytes.Srgb, ProfileBytes.SrgbCurve));
        Assert.Equal(Picture.Decode(s_scene.EncodeJpeg(quality: 100)).Values, Picture.Decode(profiled).Values);
    }

    [Fact]
    public void AGammaOfOneIsLight()
    {
        var read = Picture.Decode(ProfileBytes.Png(s_scene, Gamma(100000)));
        for (int i = 0; i < read.Values.Length; i++)
            Assert.Equal(Srgb(s_scene.Values[i]), read.Values[i], 1e-5);

        static double Srgb(double light) => light <= 0.0031308 ? 12.92 * light : 1.055 * Math.Pow(light, 1 / 2.4) - 0.055;
    }

    [Theory]
    [InlineData(0.45, 100000)]
    [InlineData(0.55, 100000)]
    [InlineData(1, 55556)]
    [InlineData(1.8, 45455)]
    public void GammaAndPrimariesTogetherMeanWhatAProfileOfThemMeans(double shift, int gamma)
    {
        // Adobe RGB's green, moved a little, so that two different spaces are compared.
        var (x, y) = (0.21 + 0.01 * shift, 0.71);
        byte[] chunks = ProfileBytes.Png(s_scene, Chromaticities(0.3127, 0.3290, 0.64, 0.33, x, y, 0.15, 0.06), Gamma(gamma));
        var primaries = new Primaries((0.64, 0.33), (x, y), (0.15, 0.06), (0.3127, 0.3290));
        var curve = gamma == 45455 ? ToneCurve.Srgb : ToneCurve.Gamma(100000.0 / gamma);
        var expected = new MatrixColorSpace(curve, primaries).ToSrgb(new Picture(s_scene.Width, s_scene.Height, [.. s_scene.Values]));
        Assert.Equal(expected.Values, Picture.Decode(chunks).Values, (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.True(ProfileBytes.MeanError(TestPictures.ToRgb(s_scene), expected) > 1);
    }

    /// <summary>A profile speaks of the colours themselves, not of what they come to over white.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void ColoursBehindAlphaFollowTheProfileAndAlphaStays(byte depth)
    {
        const int Width = 16, Height = 17;
        var profile = PngBytes.Chunk("iCCP", [.. "Profile\0\0"u8, .. PngBytes.Packed(ProfileBytes.Colors(ProfileBytes.DisplayP3, ProfileBytes.SrgbCurve))]);
        byte[] Samples(params int[] values) => [.. values.SelectMany(value => depth == 8 ? new[] { (byte)value } : [(byte)value, (byte)value])];
        byte[] Rows(bool withAlpha) => [.. Enumerable.Range(0, Height).SelectMany(y => (byte[])[0, .. Enumerable.Range(0, Width).SelectMany(x =>
            Samples([16 * x, 255 - 15 * y, 8 * (x + y), .. withAlpha ? new[] { 15 * y } : []]))])];
        var opaque = Picture.Decode(PngBytes.File(PngBytes.Header(Width, Height, depth, 2), profile, PngBytes.Data(Rows(false))));
        var picture = Picture.Decode(PngBytes.File(PngBytes.Header(Width, Height, depth, 6), profile, PngBytes.Data(Rows(true))));
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
            {
                Assert.Equal(15 * y / 255f, picture.Alpha?[y * Width + x] ?? 1, 1e-6);
                for (int channel = 0; channel < 3; channel++)
                    Assert.Equal(1 - 15 * y / 255f * (1 - opaque[channel, y, x]), picture[channel, y, x], 1e-4);
            }
        Assert.True(ProfileBytes.MeanError(TestPictures.ToRgb(Picture.Decode(PngBytes.File(PngBytes.Header(Width, Height, depth, 6), PngBytes.Data(Rows(true))))), picture) > 1);
    }

    [Fact]
    public void AllWaysToSayDisplayP3GiveTheSame()
    {
        var profile = Picture.Decode(ProfileBytes.ProfiledPng(s_scene, ProfileBytes.Colors(ProfileBytes.DisplayP3, ProfileBytes.SrgbCurve)));
        var coded = Picture.Decode(ProfileBytes.Png(s_scene, PngBytes.Chunk("cICP", [12, 13, 0, 1])));
        var chunks = Picture.Decode(ProfileBytes.Png(s_scene, Chromaticities(0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060)));
        Assert.InRange(ProfileBytes.MeanError(TestPictures.ToRgb(profile), coded), 0, 0.1);
        Assert.InRange(ProfileBytes.MeanError(TestPictures.ToRgb(profile), chunks), 0, 0.1);
        // Published: P3's full red is beyond sRGB, and its mid orange (200, 100, 50) is (214, 95, 33).
        var orange = new Picture(1, 1, [200 / 255f, 100 / 255f, 50 / 255f]);
        var rgb = TestPictures.ToRgb(Picture.Decode(ProfileBytes.Png(orange, PngBytes.Chunk("cICP", [12, 13, 0, 1]))));
        Assert.Equal([214, 95, 33], rgb.Select(value => (int)value), (a, b) => Math.Abs(a - b) <= 2);
    }

    [Fact]
    public void GreyStaysGreyExactlyAndWhiteWhite()
    {
        var ramp = new Picture(256, 1);
        for (int i = 0; i < ramp.Values.Length; i++)
            ramp.Values[i] = i % 256 / 255f;
        foreach (var file in new[]
        {
            ProfileBytes.ProfiledPng(ramp, ProfileBytes.Colors(ProfileBytes.ProPhoto, ProfileBytes.Gamma(1.8))),
            ProfileBytes.Png(ramp, PngBytes.Chunk("cICP", [9, 1, 0, 1])),
            // A display's own profile whose white is not that of the standard.
            ProfileBytes.ProfiledPng(ramp, ProfileBytes.Colors(new[,] { { 0.45, 0.35, 0.18 }, { 0.23, 0.70, 0.07 }, { 0.02, 0.11, 0.95 } }, ProfileBytes.Gamma(2.2))),
        })
        {
            var read = Picture.Decode(file);
            for (int i = 0; i < 256; i++)
                Assert.True(read.Values[i] == read.Values[256 + i] && read.Values[i] == read.Values[512 + i], $"Level {i} is not grey.");
            Assert.Equal((0f, 1f), (read.Values[0], read.Values[255]));
            Assert.Equal(read.Values[..256].Order(), read.Values[..256]);
        }
    }

    [Fact]
    public void AGreyPictureFollowsAProfileOfGreyAndNoneOfColours()
    {
        byte[] row = [0, .. Enumerable.Range(0, 256).Select(i => (byte)i)];
        byte[] File(byte[] profile) => PngBytes.File(PngBytes.Header(256, 1, 8, 0),
            PngBytes.Chunk("iCCP", [.. "Grey\0\0"u8, .. PngBytes.Packed(profile)]), PngBytes.Data(row));
        var read = Picture.Decode(File(ProfileBytes.Grey(ProfileBytes.Gamma(1.8))));
        Assert.Equal(Math.Pow(Math.Pow(128 / 255.0, 461 / 256.0), 1 / 2.4) * 1.055 - 0.055, read[1, 0, 128], 1e-4);
        var plain = Picture.Decode(File(ProfileBytes.Colors(ProfileBytes.ProPhoto, ProfileBytes.Gamma(1.8))));
        Assert.Equal(128 / 255f, plain[0, 0, 128]);
    }

    [Fact]
    public void ACameraSetToAdobeRgbIsFollowedWithoutAProfile()
    {
        var expected = Picture.Decode(ProfileBytes.Jpeg(s_scene, ProfileBytes.Colors(ProfileBytes.AdobeRgb, ProfileBytes.Gamma(563 / 256.0))));
        var plain = Picture.Decode(s_scene.EncodeJpeg(quality: 100));
        foreach (bool bigEndian in new[] { true, false })
        {
            Assert.InRange(ProfileBytes.MeanError(TestPictures.ToRgb(expected), Camera(bigEndian, colorSpace: 2)), 0, 0.1);
            Assert.InRange(ProfileBytes.MeanError(TestPictures.ToRgb(expected), Camera(bigEndian, colorSpace: 0xFFFF)), 0, 0.1);
            Assert.Equal(plain.Values, Camera(bigEndian, colorSpace: 1).Values);
        }

        static Picture Camera(bool bigEndian, ushort colorSpace)
        {
            var jpeg = s_scene.EncodeJpeg(quality: 100);
            return Picture.Decode((byte[])[.. jpeg[..2], .. ProfileBytes.Segment(0xE1, [.. "Exif\0\0"u8, .. Exif(bigEndian, orientation: 1, colorSpace)]), .. jpeg[2..]]);
        }
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(8, true)]
    [InlineData(3, true)]
    public void APngIsTurnedUprightAndKeepsItsText(ushort orientation, bool bigEndian)
    {
        var scene = TestPictures.Scene(5, 3, seed: 7).WithText("Title", "turned");
        var read = Picture.Decode(ProfileBytes.Png(scene, PngBytes.Chunk("eXIf", Exif(bigEndian, orientation, colorSpace: 1))));
        var jpeg = scene.EncodeJpeg();
        var turned = Picture.Decode((byte[])[.. jpeg[..2], .. ProfileBytes.Segment(0xE1, [.. "Exif\0\0"u8, .. Exif(bigEndian, orientation, colorSpace: 1)]), .. jpeg[2..]]);
        Assert.Equal((turned.Width, turned.Height), (read.Width, read.Height));
        Assert.Equal(orientation == 3 ? (5, 3) : (3, 5), (read.Width, read.Height));
        Assert.InRange(ProfileBytes.MeanError(TestPictures.ToRgb(turned), read), 0, 6);
        Assert.Equal("turned", read.Text["Title"]);
        // The first stored pixel: top right, bottom left, bottom right.
        Assert.Equal(scene[0, 0, 0], orientation switch { 6 => read[0, 0, 2], 8 => read[0, 4, 0], _ => read[0, 2, 4] });
    }

    [Theory]
    [InlineData(16, "PQ")]
    [InlineData(18, "HLG")]
    public void TheRangeOfAFilmIsRefused(byte transfer, string name) =>
        Assert.Contains($"brightness range of a film ({name}), which is not read; save the picture as an sRGB PNG or JPEG.",
            Assert.Throws<StyleLabException>(() => Picture.Decode(ProfileBytes.Png(s_scene, PngBytes.Chunk("cICP", [9, transfer, 0, 1])))).Message);

    [Fact]
    public void DamagedProfilesAreReadOrPassedOver()
    {
        var random = new Random(9);
        byte[][] profiles =
        [
            ProfileBytes.Colors(ProfileBytes.DisplayP3, ProfileBytes.SrgbCurve), ProfileBytes.Colors(ProfileBytes.AdobeRgb, ProfileBytes.Table(64, x => x * x)),
        ];
        int changed = 0;
        for (int round = 0; round < 3000; round++)
        {
            var profile = (byte[])profiles[round % 2].Clone();
            if (random.Next(4) == 0)
                profile = profile[..random.Next(profile.Length)];
            for (int i = random.Next(4); i >= 0 && profile.Length > 0; i--)
                profile[random.Next(profile.Length)] = (byte)random.Next(256);
            var read = StyleLab.Pictures.Profiles.IccProfile.Read(profile, isGrey: false)?.ToSrgb(TestPictures.Scene(3, 2, seed: 1));
            if (read is null)
                continue;
            Assert.InRange(read.Values.Min(), 0, 1);
            Assert.InRange(read.Values.Max(), 0, 1);
            changed++;
        }
        Assert.InRange(changed, 300, 2700);
    }

    /// <summary>A TIFF block: orientation, then the camera's directory with its colour space, then the rules of R03.</summary>
    private static byte[] Exif(bool bigEndian, ushort orientation, ushort colorSpace)
    {
        var data = new byte[8 + 2 + 2 * 12 + 4 + 2 + 2 * 12 + 4 + 2 + 12 + 4];
        (bigEndian ? "MM"u8 : "II"u8).CopyTo(data);
        Short(2, 42);
        Long(4, 8);
        int camera = 8 + 2 + 24 + 4, rules = camera + 2 + 24 + 4;
        Short(8, 2);
        Entry(10, 0x0112, 3, orientation);
        Entry(22, 0x8769, 4, camera);
        Short(camera, 2);
        Entry(camera + 2, 0xA001, 3, colorSpace);
        Entry(camera + 14, 0xA005, 4, rules);
        Short(rules, 1);
        Short(rules + 2, 1);
        Short(rules + 4, 2);
        Long(rules + 6, 4);
        "R03\0"u8.CopyTo(data.AsSpan(rules + 10));
        return data;

        void Entry(int place, ushort tag, ushort type, int value)
        {
            Short(place, tag);
            Short(place + 2, type);
            Long(place + 4, 1);
            if (type == 3)
                Short(place + 8, (ushort)value);
            else
                Long(place + 8, value);
        }

        void Short(int place, ushort value)
        {
            if (bigEndian)
                BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(place), value);
            else
                BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(place), value);
        }

        void Long(int place, int value)
        {
            if (bigEndian)
                BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(place), value);
            else
                BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(place), value);
        }
    }

    private static byte[] Gamma(int value)
    {
        var data = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(data, value);
        return PngBytes.Chunk("gAMA", data);
    }

    private static byte[] Chromaticities(params double[] values)
    {
        var data = new byte[32];
        for (int i = 0; i < 8; i++)
            BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4 * i), (int)Math.Round(100000 * values[i]));
        return PngBytes.Chunk("cHRM", data);
    }
}
