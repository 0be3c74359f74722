namespace StyleLab.Notebooks;

/// <summary>What can stand at a place in a cell.</summary>
/// <param name="Start">Where the text begins that a completion replaces, in UTF-16 units from the start of the
/// cell.</param>
/// <param name="End">Where that text ends.</param>
/// <param name="Items">The completions, the likeliest first; empty if there is nothing to offer.</param>
public sealed record Completions(int Start, int End, IReadOnlyList<Completion> Items);

/// <summary>One text that can stand there.</summary>
/// <param name="Text">What to insert.</param>
/// <param name="Kind">What it is: class, struct, interface, enum, delegate, function, property, field, event, variable,
/// constant, namespace, keyword, argument, magic, option, package, assembly or path.</param>
/// <param name="Signature">One line that tells more, such as the declaration of a method.</param>
public sealed record Completion(string Text, string Kind, string? Signature);
