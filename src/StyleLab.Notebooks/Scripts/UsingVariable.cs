using Microsoft.CodeAnalysis.Text;

namespace StyleLab.Notebooks;

/// <summary>A variable that a cell declared with <c>using</c> at its top level.</summary>
/// <param name="Name">The name.</param>
/// <param name="Place">Where the name stands.</param>
/// <param name="IsAsync">Whether <c>await</c> stands before it.</param>
internal sealed record UsingVariable(string Name, TextSpan Place, bool IsAsync);
