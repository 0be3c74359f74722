using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>What differs between Markdown to be read as a file and Markdown that Jekyll turns into a page.</summary>
internal sealed partial class MarkdownFlavor
{
    /// <summary>Whether code is hidden until it is asked for.</summary>
    public bool FoldCode { get; init; }

    /// <summary>
    /// Jekyll keeps HTML as it is, and knows no formulas without a script: they become MathML. Other readers, such as
    /// GitHub, show LaTeX and take styles and scripts out of HTML.
    /// </summary>
    public bool IsJekyll { get; init; }

    public bool KeepsHtml => IsJekyll;

    public string Formula(string source, string latex, bool display)
    {
        if (!IsJekyll)
            return source;
        string math = MathMl.Convert(Unescape(latex), display);
        return display ? $"<div class=\"formula\" style=\"margin:1em 0;padding:0.2em 0;overflow:auto hidden\">{math}</div>" : math;
    }

    /// <summary>Text in which Liquid, Jekyll's template language, finds nothing to do.</summary>
    public string Escape(string text) => IsJekyll ? Openings().Replace(text, "{{ \"$0\" }}") : text;

    // Formulas have no braces left when Liquid comes.
    private static string Unescape(string latex) => latex.Replace("{{ \"{{\" }}", "{{").Replace("{{ \"{%\" }}", "{%");

    [GeneratedRegex(@"\{[{%]")]
    private static partial Regex Openings();
}
