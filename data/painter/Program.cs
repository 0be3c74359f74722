using System.Diagnostics;
using StyleLab.Painter;

(string Name, Func<StyleLab.Picture> Paint)[] paintings =
[
    ("swirls", Swirls.Paint),
    ("cubist", Cubist.Paint),
    ("circles", Circles.Paint),
    ("engraving", Engraving.Paint),
    ("mosaic", Mosaic.Paint),
    ("harbour", Harbour.Paint),
    ("wave", Wave.Paint),
    ("garden", Garden.Paint),
    ("portrait", Portrait.Paint),
    ("village", Village.Paint),
    ("still-life", StillLife.Paint),
];

foreach (var (name, paint) in paintings)
{
    if (args.Length > 1 && !args[1..].Contains(name)) continue;
    var clock = Process.GetCurrentProcess().TotalProcessorTime;
    var p = paint();
    using var f = File.Create(Path.Combine(args[0], name + ".ppm"));
    f.Write(System.Text.Encoding.ASCII.GetBytes($"P6\n{p.Width} {p.Height}\n255\n"));
    var b = new byte[3 * p.Width * p.Height];
    for (int i = 0; i < b.Length; i++) b[i] = (byte)(p[i % 3, i / 3 / p.Width, i / 3 % p.Width] * 255 + 0.5f);
    f.Write(b);
    Console.WriteLine($"{name} {(Process.GetCurrentProcess().TotalProcessorTime-clock).TotalSeconds:0.0} cpu s");
}
return 0;
