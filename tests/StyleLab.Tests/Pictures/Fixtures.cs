namespace StyleLab.Tests.Pictures;

/// <summary>The files that make_fixtures.py made.</summary>
internal static class Fixtures
{
    public static string Folder { get; } = Find();

    public static IEnumerable<string> PngNames =>
        Directory.GetFiles(Path.Combine(Folder, "png"), "*.png").Select(path => Path.GetFileNameWithoutExtension(path)).Order();

    public static byte[] Png(string name) => File.ReadAllBytes(Path.Combine(Folder, "png", name + ".png"));

    public static byte[] ExpectedRgb(string name) => File.ReadAllBytes(Path.Combine(Folder, "png", name + ".rgb"));

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder != null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, "tests", "StyleLab.Tests", "Pictures", "fixtures");
            if (Directory.Exists(candidate))
                return candidate;
        }
        throw new DirectoryNotFoundException("The fixtures of the picture tests are not above the test assembly.");
    }
}
