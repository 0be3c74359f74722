using System.Diagnostics;
using System.Text.Json;

namespace StyleLab.Tests.Pictures.Png;

/// <summary>Another program, Pillow, reads what we write. On a machine without it the tests say so; where CI=true that is a failure.</summary>
public class PillowTests(ITestOutputHelper output)
{
    private const string ReadAll = """
        import glob, json, sys
        from PIL import Image
        for path in glob.glob(sys.argv[1] + "/*.png"):
            image = Image.open(path)
            image.load()
            assert image.mode == "RGB", image.mode
            open(path + ".rgb", "wb").write(image.tobytes())
            json.dump(image.text, open(path + ".json", "w"))
        """;

    [Fact]
    public void PillowReadsTheSamePixelsAndText()
    {
        if (!HasPillow())
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "Pillow is needed here: install python3-pil.");
            output.WriteLine("Not compared: python3 with Pillow is not on this machine.");
            return;
        }

        Picture[] pictures =
        [
            new Picture(1, 1),
            TestPictures.Scene(64, 48, seed: 1),
            TestPictures.Scene(1, 77, seed: 2),
            TestPictures.Scene(131, 3, seed: 3).WithText("Title", "é ÿ").WithText("Author", "北斎 🌊"),
            Picture.Noise(40, 30, seed: 4, (0.5f, 0.2f, 0.9f), sigma: 0.4),
        ];
        var folder = Directory.CreateTempSubdirectory("stylelab-");
        try
        {
            for (var i = 0; i < pictures.Length; i++)
                pictures[i].Save(Path.Combine(folder.FullName, $"{i}.png"));
            Assert.Equal((0, ""), Python("-c", ReadAll, folder.FullName));
            for (var i = 0; i < pictures.Length; i++)
            {
                var path = Path.Combine(folder.FullName, $"{i}.png");
                Assert.Equal(TestPictures.ToRgb(pictures[i]), File.ReadAllBytes(path + ".rgb"));
                Assert.Equal(pictures[i].Text, JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path + ".json")));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool HasPillow()
    {
        try
        {
            return Python("-c", "import PIL").ExitCode == 0;
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
