namespace StyleLab.Tests.Pictures;

/// <summary>The files that make_fixtures.py made.</summary>
internal static class Fixtures
{
    public static string Folder { get; } = Path.Combine(Repository.Folder, "tests", "StyleLab.Tests", "Pictures", "fixtures");

    public static IEnumerable<string> PngNames =>
        Directory.GetFiles(Path.Combine(Folder, "png"), "*.png").Select(path => Path.GetFileNameWithoutExtension(path)).Order();

    public static byte[] Png(string name) => File.ReadAllBytes(Path.Combine(Folder, "png", name + ".png"));

    public static byte[] ExpectedRgb(string name) => File.ReadAllBytes(Path.Combine(Folder, "png", name + ".rgb"));
}
