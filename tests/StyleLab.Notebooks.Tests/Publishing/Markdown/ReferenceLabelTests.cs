using System.Diagnostics;
using System.Globalization;

namespace StyleLab.Notebooks.Tests;

public sealed class ReferenceLabelTests
{
    [Theory]
    [InlineData("[ẞ]\n\n[SS]: /url", "<p><a href=\"/url\">ẞ</a></p>")]
    [InlineData("[text][straße] [text][STRASSE][] [STRAẞE][]\n\n[Straße]: /url", "<p><a href=\"/url\">text</a> <a href=\"/url\">text</a>[] <a href=\"/url\">STRAẞE</a></p>")]
    [InlineData("[ﬁn] [ΑΓΩ] [ᾨδή]\n\n[FIN]: a\n[αγω]: b\n[ὠιδή]: c", "<p><a href=\"a\">ﬁn</a> <a href=\"b\">ΑΓΩ</a> <a href=\"c\">ᾨδή</a></p>")]
    [InlineData("[a] [x][b] [y] [ß]\n\n[A]: a\n[ẞ]: first\n[ss]: second", "<p><a href=\"a\">a</a> [x][b] [y] <a href=\"first\">ß</a></p>")]
    public void Case_does_not_count_in_labels(string markdown, string expected) =>
        Assert.Equal(expected, new MarkdownRenderer(address => address).ToHtml(markdown).TrimEnd('\n'));

    [Fact]
    public void Folding_is_Unicode_s_for_every_letter_that_Python_knows()
    {
        const string python = "/usr/bin/python3";
        Assert.True(File.Exists(python) || Environment.GetEnvironmentVariable("CI") != "true", $"CI needs {python} for this test.");
        if (!File.Exists(python))
            return;
        const string script = "import unicodedata\nfor c in range(0x110000):\n  s = chr(c)\n  if unicodedata.category(s) not in ('Cn', 'Cs') and s.casefold() != s: print(c, *map(ord, s.casefold()))";
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", script]) { RedirectStandardOutput = true })!;
        int count = 0;
        var others = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            string[] letters = [.. line.Split(' ').Select(code => char.ConvertFromUtf32(int.Parse(code, CultureInfo.InvariantCulture)))];
            if (LabelFolding.Fold(string.Concat(letters[1..])) != LabelFolding.Fold(letters[0])) others.Add(line);
            count++;
        }

        Assert.Empty(others);
        Assert.InRange(count, 1500, 2500);
        Assert.NotEqual(LabelFolding.Fold("s"), LabelFolding.Fold("ß"));
    }
}
