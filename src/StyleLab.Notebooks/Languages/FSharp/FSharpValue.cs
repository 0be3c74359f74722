namespace StyleLab.Notebooks;

/// <summary>A value of F# Interactive.</summary>
/// <param name="Value">The value.</param>
/// <param name="Type">Its type as F# sees it.</param>
internal sealed record FSharpValue(object? Value, Type Type)
{
    /// <param name="value">What F# Interactive holds it in.</param>
    public static FSharpValue Of(object value) => new(Members.Get(value, "ReflectionValue"), (Type)Members.Get(value, "ReflectionType")!);
}

/// <summary>How a piece of F# ended.</summary>
/// <param name="Value">The value of its last expression; null if it has none.</param>
/// <param name="Exception">What it threw; null if it ran to its end.</param>
/// <param name="Problems">What the compiler says.</param>
internal sealed record FSharpResult(FSharpValue? Value, Exception? Exception, IReadOnlyList<FSharpProblem> Problems);

/// <summary>Something that the F# compiler says.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="IsError">Whether the text was not run for it.</param>
/// <param name="Text">Its number and what it says.</param>
internal sealed record FSharpProblem(int Line, int Column, bool IsError, string Text)
{
    public static FSharpProblem Of(object diagnostic) => new(
        (int)Members.Get(diagnostic, "StartLine")!, (int)Members.Get(diagnostic, "StartColumn")! + 1,
        Members.Get(diagnostic, "Severity")!.ToString() == "Error",
        $"{Members.Get(diagnostic, "ErrorNumberText")}: {Members.Get(diagnostic, "Message")}");
}
