using System.CommandLine;

namespace StyleLab.Cli.Parsing;

/// <summary>A command that does something. Its help ends with examples.</summary>
internal abstract class Verb(string name, string description) : Command(name, description)
{
    /// <summary>Complete lines a reader can type.</summary>
    public abstract IReadOnlyList<string> Examples { get; }
}
