using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace StyleLab.Cli.Parsing;

/// <summary>The parser's help, and after it the examples of the verb, or of all verbs of a group.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();

    // `stylelab --help transfer` asks for help too, whatever else is missing.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult call)
    {
        _help.Invoke(call);
        var output = call.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in ExamplesOf(call.CommandResult.Command))
            output.WriteLine("  " + example);
        return ExitCode.Done;
    }

    private static IEnumerable<string> ExamplesOf(Command command) => command is Verb verb
        ? verb.Examples
        : command.Subcommands.SelectMany(c => ExamplesOf(c).Take(1));
}
