using System.Diagnostics;

namespace StyleLab.Tests.Pictures.Profiles;

/// <summary>LittleCMS, through Pillow, converts the same files. On a machine without it the test says so; where CI=true that is a failure.</summary>
public class LittleCmsTests(ITestOutputHelper output)
{
    private const string ConvertAll = """
        import glob, io, sys
        from PIL import Image, ImageCms
        srgb = ImageCms.createProfile("sRGB")
        for path in glob.glob(sys.argv[1] + "/*.[pj][np]g"):
            image = Image.open(path)
            profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
            mode = "RGB" if image.mode == "RGB" else "L"
            image = image.convert(mode)
            out = ImageCms.profileToProfile(image, profile, srgb, renderingIntent=1, outputMode="RGB", flags=0x100)
            open(path + ".rgb", "wb").write(out.tobytes())
        """;

    [Fact]
    public void ProfilesOfColoursAreFollowedAsLittleCmsFollowsThem()
    {
        if (!HasLittleCms())
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "Pillow with LittleCMS is needed here: install python3-pil.");
            output.WriteLine("Not compared: python3 with Pillow's ImageCms is not on this machine.");
            return;
        }
        var scene = TestPictures.Scene(96, 64, seed: 5);
        (string Name, byte[] Profile)[] profiles =
        [
            ("display-p3", ProfileBytes.Colors(ProfileBytes.DisplayP3, ProfileBytes.SrgbCurve)),
            ("adobe-rgb", ProfileBytes.Colors(ProfileBytes.AdobeRgb, ProfileBytes.Gamma(563 / 256.0))),
            ("prophoto", ProfileBytes.Colors(ProfileBytes.ProPhoto, ProfileBytes.Gamma(1.8))),
            ("linear", ProfileBytes.Colors(ProfileBytes.Srgb, ProfileBytes.Gamma(1))),
            ("table", ProfileBytes.Colors(ProfileBytes.DisplayP3, ProfileBytes.Table(1024, x => Math.Pow(x, 2.2)))),
            ("lut8-lab", TableProfileBytes.Classic(8, isLab: true, 17)),
            ("lut16-lab", TableProfileBytes.Classic(16, isLab: true, 17)),
            ("lut16-xyz", TableProfileBytes.Classic(16, isLab: false, 17)),
            ("mab-xyz", TableProfileBytes.Modern(16, isLab: false)),
            ("mab-lab-8", TableProfileBytes.Modern(8, isLab: true)),
            ("mab-lab", TableProfileBytes.Modern(16, isLab: true)),
            ("parametric", ProfileBytes.Colors(ProfileBytes.AdobeRgb, ProfileBytes.Parametric(4, 2.4, 0.94, 0.06, 0.08, 0.05, 0.001, 0.0))),
        ];
        var folder = Directory.CreateTempSubdirectory("stylelab-").FullName;
        try
        {
            foreach (var (name, profile) in profiles)
            {
                File.WriteAllBytes(Path.Combine(folder, name + ".png"), ProfileBytes.ProfiledPng(scene, profile));
                File.WriteAllBytes(Path.Combine(folder, name + ".jpg"), ProfileBytes.Jpeg(scene, profile, pieceBytes: 200));
            }
            Assert.Equal((0, ""), Python("-c", ConvertAll, folder));
            foreach (var path in Directory.GetFiles(folder).Where(path => !path.EndsWith(".rgb", StringComparison.Ordinal)))
            {
                double error = ProfileBytes.MeanError(File.ReadAllBytes(path + ".rgb"), Picture.Load(path));
                output.WriteLine($"{Path.GetFileName(path)}: {error:F3} levels");
                // LittleCMS rounds to 8 bits between its own steps.
                Assert.InRange(error, 0, 0.3);
                Assert.True(ProfileBytes.MeanError(TestPictures.ToRgb(scene), Picture.Load(path)) > 1, path + " is not changed by its profile.");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool HasLittleCms()
    {
        try
        {
            return Python("-c", "from PIL import ImageCms; ImageCms.createProfile('sRGB')").ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Errors) Python(params string[] arguments)
    {
        var program = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
