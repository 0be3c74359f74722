using System.Globalization;

namespace StyleLab.Figures;

/// <summary>
/// A single-line typeface: letters are strokes of a round pen, so that pixels need no font file.
/// Units: capitals are 14 high, small letters 10, descenders reach -4.2; y goes up from the baseline.
/// </summary>
internal static partial class StrokeFont
{
    private const double CapHeight = 14, SideBearing = 3.2, SpaceWidth = 5.4;
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
    private const double SuperscriptScale = 0.66, SuperscriptRise = 7;

    /// <summary>Layout units for one font unit: capitals are 0.72 of the font size, as in most sans-serif faces.</summary>
    private static double UnitsPerSize => 0.72 / CapHeight;

    /// <summary>The pen's width for a font size.</summary>
    public static double PenWidth(double size, bool bold) => size * (bold ? 0.125 : 0.088);

    /// <summary>The length of a line of text.</summary>
    public static double Measure(string text, double size)
    {
        double units = 0;
        foreach (char c in text)
            units += Advance(c);
        return Math.Max(0, units - SideBearing) * size * UnitsPerSize;
    }

    /// <summary>The strokes of a line of text that starts at (0, 0) on its baseline, in layout units with y down.</summary>
    public static IEnumerable<Spot[]> Strokes(string text, double size)
    {
        double x = 0, unit = size * UnitsPerSize;
        foreach (char c in text)
        {
            var (shown, scale, rise) = Superscripts.IndexOf(c) is >= 0 and var digit
                ? ("0123456789-"[digit], SuperscriptScale, SuperscriptRise)
                : (c, 1, 0);
            foreach (var stroke in Find(shown).Strokes)
                yield return [.. stroke.Select(p => new Spot((x + p.X * scale) * unit, -(rise + p.Y * scale) * unit))];
            x += Advance(c);
        }
    }

    private static double Advance(char c)
    {
        int digit = Superscripts.IndexOf(c);
        return digit >= 0
            ? (Find("0123456789-"[digit]).Width + SideBearing) * SuperscriptScale
            : c is ' ' or '\u00A0' ? SpaceWidth : Find(c).Width + SideBearing;
    }

    private static readonly Glyph Blank = new(0, []);
    private static readonly Dictionary<char, Glyph> Glyphs = ReadGlyphs();

    private static Glyph Find(char c) =>
        c is ' ' or '\u00A0' ? Blank : Glyphs.GetValueOrDefault(c) ?? Glyphs['?'];

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

    private sealed record Glyph(double Width, Spot[][] Strokes);
}
