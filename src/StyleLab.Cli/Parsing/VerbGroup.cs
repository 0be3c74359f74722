using System.CommandLine;

namespace StyleLab.Cli.Parsing;

/// <summary>A command that only holds others: called alone it shows them, which is not yet a call that does something.</summary>
internal sealed class VerbGroup : Command
{
    public VerbGroup(string name, string description) : base(name, description) => SetAction(call =>
    {
        new HelpWithExamples().Invoke(call);
        return ExitCode.WrongCall;
    });
}
