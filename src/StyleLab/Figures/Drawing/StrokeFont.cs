using System.Globalization;

namespace StyleLab.Figures;

/// <summary>
/// A single-line typeface: letters are strokes of a round pen, so that pixels need no font file.
/// Units: capitals are 14 high, small letters 10, descenders reach -4.2; y goes up from the baseline.
/// </summary>
internal static partial class StrokeFont
{
    private const double CapHeight = 14, SpaceWidth = 5.4;

    // Room on each side of a letter; upright stems need more of it than bows to look evenly spaced.
    private const double SideBearing = 1.65, StemBearing = 2.35, LongStem = 8;
    private const double SuperscriptScale = 0.66, SuperscriptRise = 7;

    /// <summary>Layout units for one font unit: capitals are 0.72 of the font size, as in most sans-serif faces.</summary>
    private static double UnitsPerSize => 0.72 / CapHeight;

    /// <summary>The pen's width for a font size.</summary>
    public static double PenWidth(double size, bool bold) => size * (bold ? 0.125 : 0.088);

    /// <summary>The length of a line of text.</summary>
    public static double Measure(string text, double size) => text.Sum(c => Place(c).Advance) * size * UnitsPerSize;

    /// <summary>The strokes of a line of text that starts at (0, 0) on its baseline, in layout units with y down.</summary>
    public static IEnumerable<Spot[]> Strokes(string text, double size)
    {
        double x = 0, unit = size * UnitsPerSize;
        foreach (char c in text)
        {
            var (glyph, scale, rise, advance) = Place(c);
            foreach (var stroke in glyph.Strokes)
                yield return [.. stroke.Select(p =>
                    new Spot((x + (glyph.Left + p.X) * scale) * unit, -(rise + p.Y * scale) * unit))];
            x += advance;
        }
    }

    private static (Glyph Glyph, double Scale, double Rise, double Advance) Place(char c)
    {
        bool raised = Superscript.IsRaised(c);
        var (scale, rise) = raised ? (SuperscriptScale, SuperscriptRise) : (1, 0);
        var glyph = Find(raised ? Superscript.ToPlain(c) : c);
        return (glyph, scale, rise, (glyph.Left + glyph.Width + glyph.Right) * scale);
    }

    private static readonly Glyph Blank = new(SpaceWidth, []) { Left = 0, Right = 0 };
    private static readonly Dictionary<char, Glyph> Glyphs = ReadGlyphs();

    private static Glyph Find(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) ? Blank : Glyphs.GetValueOrDefault(c) ?? Glyphs['?'];

    private static Dictionary<char, Glyph> ReadGlyphs()
    {
        var glyphs = new Dictionary<char, Glyph>();
        foreach (string line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line[2..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            glyphs[line[0]] = new(Number(words[0]), ReadStrokes(words.AsSpan(1)));
        }
        foreach (string accented in AccentedLetters.Split(' '))
            glyphs[accented[0]] = WithAccent(glyphs[accented[1]], char.IsUpper(accented[1]), glyphs[accented[2]]);
        return glyphs;
    }

    // The accent's own path is drawn for small letters, around x = 0.
    private static Glyph WithAccent(Glyph letter, bool capital, Glyph accent)
    {
        var strokes = accent.Strokes.Select(stroke =>
            stroke.Select(p => new Spot(p.X + letter.Width / 2, p.Y + (capital ? 4 : 0))).ToArray());
        // An accent takes the place of the dot of an i.
        var body = letter.Width == 0 && !capital ? letter.Strokes.Take(1) : letter.Strokes;
        return new(letter.Width, [.. body, .. strokes]);
    }

    private static Spot[][] ReadStrokes(ReadOnlySpan<string> words)
    {
        var strokes = new List<List<Spot>>();
        for (int i = 0; i < words.Length;)
        {
            switch (words[i++])
            {
                case "M":
                    strokes.Add([new(Number(words[i++]), Number(words[i++]))]);
                    break;
                case "L":
                    strokes[^1].Add(new(Number(words[i++]), Number(words[i++])));
                    break;
                case "O":
                    strokes.Add([]);
                    goto case "E";
                case "E":
                    double centerX = Number(words[i++]), centerY = Number(words[i++]);
                    double radiusX = Number(words[i++]), radiusY = Number(words[i++]);
                    double from = Number(words[i++]), to = Number(words[i++]);
                    int pieces = Math.Max(2, (int)(Math.Abs(to - from) / 12));
                    for (int piece = 0; piece <= pieces; piece++)
                    {
                        var (sin, cos) = Math.SinCos((from + (to - from) * piece / pieces) * Math.PI / 180);
                        strokes[^1].Add(new(centerX + radiusX * cos, centerY + radiusY * sin));
                    }
                    break;
            }
        }
        return [.. strokes.Select(stroke => stroke.ToArray())];
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);

    private sealed record Glyph(double Width, Spot[][] Strokes)
    {
        public double Left { get; init; } = Bearing(Strokes, 0);

        public double Right { get; init; } = Bearing(Strokes, Width);

        private static double Bearing(Spot[][] strokes, double edge) =>
            strokes.Any(stroke => stroke.Zip(stroke.Skip(1)).Any(line =>
                line.First.X == edge && line.Second.X == edge && Math.Abs(line.First.Y - line.Second.Y) >= LongStem))
                ? StemBearing
                : SideBearing;
    }
}
