using StyleLab.Notebooks.Packages;

namespace StyleLab.Notebooks;

/// <summary>A piece of a cell; cells are run piece by piece.</summary>
/// <param name="Line">The line of the cell at which it begins, from 1.</param>
internal abstract record CellPart(int Line);

/// <summary>Text in one language.</summary>
/// <param name="Line">The line of the cell at which it begins, from 1.</param>
/// <param name="Language">The language.</param>
/// <param name="Arguments">What stands behind <c>#!language</c>.</param>
/// <param name="Text">The text. C# has an empty line for every line of the cell that is not part of it, so that errors
/// name the right line.</param>
internal sealed record CodePart(int Line, Language Language, string Arguments, string Text) : CellPart(Line);

/// <summary>A <c>#!name</c> line.</summary>
/// <param name="Line">The line of the cell, from 1.</param>
/// <param name="Language">The language of the text below it.</param>
/// <param name="Name">The name without <c>#!</c>.</param>
/// <param name="Arguments">What stands behind the name.</param>
internal sealed record MagicPart(int Line, Language Language, string Name, string Arguments) : CellPart(Line);

/// <summary>The packages and projects of a cell, all together, so that their versions are chosen together.</summary>
/// <param name="Line">The line of the first.</param>
/// <param name="References">What is asked for.</param>
internal sealed record ReferencePart(int Line, IReadOnlyList<ReferenceLine> References) : CellPart(Line);
