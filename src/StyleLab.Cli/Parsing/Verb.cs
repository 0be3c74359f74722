using System.CommandLine;

namespace StyleLab.Cli.Parsing;

/// <summary>A command that does something. Its help ends with examples.</summary>
internal abstract class Verb(string name, string description) : Command(name, description)
{
    /// <summary>Complete lines a reader can type.</summary>
    public abstract IReadOnlyList<string> Examples { get; }
}

/// <summary>A command that only holds others: called alone it shows them, which is not yet a call that does something.</summary>
internal sealed class VerbGroup : Command
{
    public VerbGroup(string name, string description) : base(name, description) => SetAction(call =>
    {
        new HelpWithExamples().Invoke(call);
        return ExitCode.WrongCall;
    });
}
