using StyleLab.Pictures.Profiles;

namespace StyleLab.Tests.Pictures.Profiles;

public class TableProfileTests
{
    private static readonly Picture s_scene = TestPictures.Scene(48, 32, seed: 6);

    /// <summary>The same device, told in six ways; how the light of the table is calculated is the reference.</summary>
    [Fact]
    public void AllFormsOfTheSameTableGiveTheSame()
    {
        var expected = new Picture(s_scene.Width, s_scene.Height);
        int plane = s_scene.Width * s_scene.Height;
        for (int i = 0; i < plane; i++)
        {
            double red = Math.Pow(s_scene.Values[i], 1.8), green = Math.Pow(s_scene.Values[plane + i], 1.8), blue = Math.Pow(s_scene.Values[2 * plane + i], 1.8);
            double[] light = [0.9 * red + 0.1 * blue, 0.85 * green, blue];
            for (int channel = 0; channel < 3; channel++)
                expected.Values[channel * plane + i] = (float)ToneCurve.SrgbOf(light[channel]);
        }

        var errors = new List<(double Error, double Most)>();
        // What is between the points of a grid is a straight line and not the curve; a table of 8 bits is coarse.
        foreach (var (profile, most) in new[]
        {
            (TableProfileBytes.Classic(8, isLab: true, 33), 1.2), (TableProfileBytes.Classic(16, isLab: true, 33), 0.3), (TableProfileBytes.Classic(16, isLab: false, 33), 1.2),
            (TableProfileBytes.Modern(8, isLab: false), 3.0), (TableProfileBytes.Modern(16, isLab: false), 3.0), (TableProfileBytes.Modern(16, isLab: true), 1.5),
        })
        {
            var read = Picture.Decode(ProfileBytes.ProfiledPng(s_scene, profile));
            errors.Add((ProfileBytes.MeanError(TestPictures.ToRgb(expected), read), most));
        }

        Assert.All(errors, of => Assert.InRange(of.Error, 0, of.Most));
    }

    [Fact]
    public void ADamagedTableCountsAsNone()
    {
        byte[] profile = TableProfileBytes.Classic(16, isLab: true, 9);
        for (int length = 200; length < profile.Length; length += 97)
            Assert.Equal(s_scene.Values, Picture.Decode(ProfileBytes.ProfiledPng(s_scene, profile[..length])).Values);
        // A grid of 255 points a side that is not there, or of one point.
        int points = profile.AsSpan().IndexOf("mft2"u8) + 10;
        foreach (byte count in new byte[] { 255, 1, 0 })
        {
            profile[points] = count;
            Assert.Equal(s_scene.Values, Picture.Decode(ProfileBytes.ProfiledPng(s_scene, profile)).Values);
        }
    }

    /// <summary>A profile may have both; one whose tables are damaged still has its matrix.</summary>
    [Fact]
    public void TablesCountBeforeTheMatrix()
    {
        byte[] both = ProfileBytes.Colors(ProfileBytes.DisplayP3, ProfileBytes.SrgbCurve, TableProfileBytes.Classic(16, isLab: false, 9)), matrix = ProfileBytes.Colors(ProfileBytes.DisplayP3, ProfileBytes.SrgbCurve);
        var tables = Picture.Decode(ProfileBytes.ProfiledPng(s_scene, TableProfileBytes.Classic(16, isLab: false, 9)));
        Assert.Equal(tables.Values, Picture.Decode(ProfileBytes.ProfiledPng(s_scene, both)).Values);
        both[both.AsSpan().IndexOf("mft2"u8)] = (byte)'x';
        Assert.Equal(Picture.Decode(ProfileBytes.ProfiledPng(s_scene, matrix)).Values, Picture.Decode(ProfileBytes.ProfiledPng(s_scene, both)).Values);
    }
}
