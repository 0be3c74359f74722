using StyleLab;
using StyleLab.Painter;

const string usage = "Usage: painter FOLDER [--check]";

(string Name, Func<Picture> Paint)[] paintings =
[
    ("village", Village.Paint),
    ("portrait", Portrait.Paint),
    ("still-life", StillLife.Paint),
    ("interior", Interior.Paint),
    ("swirls", Swirls.Paint),
    ("wheat", Wheat.Paint),
    ("cubist", Cubist.Paint),
    ("circles", Circles.Paint),
    ("engraving", Engraving.Paint),
    ("mosaic", Mosaic.Paint),
    ("wave", Wave.Paint),
    ("harbour", Harbour.Paint),
    ("garden", Garden.Paint),
    ("pastel", Pastel.Paint),
];

bool check = args.Contains("--check");
string[] folders = [.. args.Where(a => a != "--check")];
if (folders.Length != 1 || folders[0].StartsWith('-'))
{
    Console.Error.WriteLine($"The painter needs one folder. {usage}");
    return 2;
}

try
{
    if (!check)
        Directory.CreateDirectory(folders[0]);
    // Each picture has its own dice, so the order of painting does not matter.
    var same = paintings.AsParallel().AsOrdered()
        .Select(p => check ? Compare(p.Name, p.Paint()) : Save(p.Name, p.Paint()))
        .ToArray();
    return same.All(s => s) ? 0 : 1;
}
catch (AggregateException many) when (many.InnerException is StyleLabException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"The folder {folders[0]} cannot be written ({e.Message}); name another one.");
    return 1;
}

string PathOf(string name) => Path.Combine(folders[0], name + ".png");

bool Save(string name, Picture picture)
{
    picture.Save(PathOf(name));
    Console.WriteLine(PathOf(name));
    return true;
}

// Other machines may round differently here and there, so a small mean difference counts as the same.
bool Compare(string name, Picture picture)
{
    var file = Picture.Load(PathOf(name));
    if (file.Width != picture.Width || file.Height != picture.Height)
    {
        Console.WriteLine($"{name}: {file.Width}×{file.Height} in the folder, {picture.Width}×{picture.Height} painted");
        return false;
    }
    double mean = picture.Values
        .Zip(file.Values, (painted, stored) => (double)MathF.Abs(MathF.Round(painted * 255)
            - MathF.Round(stored * 255)))
        .Average();
    bool same = mean < 0.5;
    Console.WriteLine(FormattableString.Invariant($"{name}: {(same ? "same" : "differs")}, mean difference {mean:0.000} of 255"));
    return same;
}
