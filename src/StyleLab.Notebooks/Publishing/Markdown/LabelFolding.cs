using System.Text;

namespace StyleLab.Notebooks;

/// <summary>
/// Labels of references without their case, as CommonMark compares them: Unicode's full case folding (CaseFolding.txt, statuses C and F).
/// .NET folds so only where the system has ICU.
/// </summary>
internal static class LabelFolding
{
    // Those that become more than one letter, without the regular ones below, and ſ, which .NET leaves alone.
    private static readonly Dictionary<int, string> Longer = new()
    {
        [0x00DF] = "ss", [0x017F] = "s", [0x0130] = "i\u0307", [0x0149] = "\u02BCn", [0x01F0] = "j\u030C", [0x0390] = "\u03B9\u0308\u0301", [0x03B0] = "\u03C5\u0308\u0301",
        [0x0587] = "\u0565\u0582", [0x1E96] = "h\u0331", [0x1E97] = "t\u0308", [0x1E98] = "w\u030A", [0x1E99] = "y\u030A", [0x1E9A] = "a\u02BE",
        [0x1F50] = "\u03C5\u0313", [0x1F52] = "\u03C5\u0313\u0300", [0x1F54] = "\u03C5\u0313\u0301", [0x1F56] = "\u03C5\u0313\u0342",
        [0x1FB2] = "\u1F70\u03B9", [0x1FB3] = "\u03B1\u03B9", [0x1FB4] = "\u03AC\u03B9", [0x1FB6] = "\u03B1\u0342", [0x1FB7] = "\u03B1\u0342\u03B9",
        [0x1FC2] = "\u1F74\u03B9", [0x1FC3] = "\u03B7\u03B9", [0x1FC4] = "\u03AE\u03B9", [0x1FC6] = "\u03B7\u0342", [0x1FC7] = "\u03B7\u0342\u03B9",
        [0x1FD2] = "\u03B9\u0308\u0300", [0x1FD3] = "\u03B9\u0308\u0301", [0x1FD6] = "\u03B9\u0342", [0x1FD7] = "\u03B9\u0308\u0342",
        [0x1FE2] = "\u03C5\u0308\u0300", [0x1FE3] = "\u03C5\u0308\u0301", [0x1FE4] = "\u03C1\u0313", [0x1FE6] = "\u03C5\u0342", [0x1FE7] = "\u03C5\u0308\u0342",
        [0x1FF2] = "\u1F7C\u03B9", [0x1FF3] = "\u03C9\u03B9", [0x1FF4] = "\u03CE\u03B9", [0x1FF6] = "\u03C9\u0342", [0x1FF7] = "\u03C9\u0342\u03B9",
        [0xFB00] = "ff", [0xFB01] = "fi", [0xFB02] = "fl", [0xFB03] = "ffi", [0xFB04] = "ffl", [0xFB05] = "st", [0xFB06] = "st",
        [0xFB13] = "\u0574\u0576", [0xFB14] = "\u0574\u0565", [0xFB15] = "\u0574\u056B", [0xFB16] = "\u057E\u0576", [0xFB17] = "\u0574\u056D",
    };

    /// <summary>Two labels that differ in case alone come to the same text.</summary>
    public static string Fold(string label)
    {
        var folded = new StringBuilder(label.Length);
        foreach (var rune in label.EnumerateRunes())
        {
            var lower = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));
            if (Longer.TryGetValue(lower.Value, out string? letters))
                folded.Append(letters);
            else if (lower.Value is >= 0x1F80 and <= 0x1FAF)
                folded.Append(WithoutIota(lower.Value)).Append('\u03B9');
            else
                folded.Append(lower);
        }

        return folded.ToString();
    }

    // ᾀ to ᾧ: alpha, eta and omega with an iota below, in the order of those without it.
    private static char WithoutIota(int letter) =>
        (char)((letter & 7) + (letter & 0xF0) switch { 0x80 => 0x1F00, 0x90 => 0x1F20, _ => 0x1F60 });
}
