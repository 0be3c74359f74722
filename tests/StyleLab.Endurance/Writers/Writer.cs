namespace StyleLab.Endurance.Writers;

/// <summary>A call that writes files.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="Call">Its words: a call of the command, or one of <see cref="WriterCommand"/>, which does what has no verb of its own.</param>
/// <param name="Results">The files it is called for.</param>
internal sealed record Writer(string Name, string Call, params string[] Results)
{
    /// <summary>A call that was made long ago and wrote the same files with other content; null if there was none.</summary>
    public string? Before { get; init; }

    /// <summary>What an unfinished run leaves to go on from, and the call that does; null if the same call goes on.</summary>
    public (string File, string Call)? Resume { get; init; }

    public static IReadOnlyList<Writer> All { get; } =
    [
        new("transfer", "transfer content.png style.png --size 48 --steps 10 --save-every 2 --start noise --seed 2 -o out.png", "out.png")
        {
            Before = "transfer content.png style.png --size 48 --steps 2 --start noise --seed 1 -o out.png",
            Resume = ("out.resume.safetensors", "transfer --resume out.resume.safetensors --save-every 2 -o out.png"),
        },
        new("sweep", "sweep content.png style.png --seed 1 2 3 --size 32 --steps 4 -o sweep",
            "sweep/1_seed-1.png", "sweep/2_seed-2.png", "sweep/3_seed-3.png", "sweep/sheet.png", "sweep/sweep.csv")
        {
            Before = "sweep content.png style.png --seed 1 2 3 --size 32 --steps 1 -o sweep",
        },
        new("run", "run a.ipynb --out out --html -p n=2", "out/a.ipynb", "out/a.html") { Before = "run a.ipynb --out out --html -p n=1" },
        new("fetch", "writer fetch networks", "networks/slim.safetensors", "networks/slim.json"),
        new("history", "writer history history/history.jsonl {token}"),
        new("drift", "drift content.png style.png --rounds 3 --size 32 --steps 4 -o drift", "drift/round-01.png", "drift/round-02.png", "drift/round-03.png", "drift/sheet.png")
        {
            Before = "drift content.png style.png --rounds 3 --size 32 --steps 1 -o drift",
        },
        new("batch", "transfer --content photos --style style.png --out painted --size 32 --steps 4", "painted/a.png", "painted/b.png", "painted/c.png")
        {
            Before = "transfer --content photos --style style.png --out painted --size 32 --steps 1",
        },
        new("texture", "texture style.png --size 48 --steps 8 --save-every 2 --seed 2 -o out.png", "out.png")
        {
            Before = "texture style.png --size 48 --steps 1 -o out.png",
            Resume = ("out.resume.safetensors", "texture --resume out.resume.safetensors --save-every 2 -o out.png"),
        },
        new("enlarge", "enlarge small.png style.png --steps 6 --save-every 2 -o out.jpg", "out.jpg")
        {
            Before = "enlarge small.png style.png --steps 1 -o out.jpg",
            Resume = ("out.resume.safetensors", "enlarge --resume out.resume.safetensors --save-every 2 -o out.jpg"),
        },
        new("publish", "publish a.ipynb --to markdown -o page/a.md", "page/a.md") { Before = "publish b.ipynb --to markdown -o page/a.md" },
        new("convert", "convert a.ipynb a.dib", "a.dib") { Before = "convert b.ipynb a.dib" },
        new("animate", "animate content.png style.png --size 48 -o a.gif", "a.gif") { Before = "animate style.png content.png --size 32 -o a.gif" },
    ];

    /// <summary>The writers of the given names; all if there are none.</summary>
    /// <exception cref="ArgumentException">There is no such writer.</exception>
    public static IReadOnlyList<Writer> Named(IReadOnlyList<string> names) => names.Count == 0 ? All
        : [.. names.Select(name => All.FirstOrDefault(writer => writer.Name == name)
            ?? throw new ArgumentException($"There is no writer '{name}'; there are: {string.Join(", ", All.Select(writer => writer.Name))}."))];
}
