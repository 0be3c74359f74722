namespace Microsoft.DotNet.Interactive;

/// <summary>Text in LaTeX, shown typeset.</summary>
public sealed class LaTeXString(string latexCode)
{
    public override string ToString() => latexCode;
}

/// <summary>A formula in LaTeX, without the dollar signs, shown typeset on a line of its own.</summary>
public sealed class MathString(string latexCode)
{
    public override string ToString() => latexCode;
}

/// <summary>A text that is JSON.</summary>
public sealed class JsonString(string json)
{
    public override string ToString() => json;
}
