using System.CommandLine;
using System.CommandLine.Parsing;
using StyleLab.Networks;

namespace StyleLab.Cli.Parsing;

/// <summary>What is wrong with a call, in one sentence.</summary>
internal static class ParseErrors
{
    /// <summary>The first thing that is wrong, or null.</summary>
    public static string? Of(ParseResult call)
    {
        var command = call.CommandResult.Command;
        // Asking for help is never wrong, whatever else is missing.
        if (call.Errors.Count == 0 && call.Action is HelpWithExamples)
            return null;
        if (WithoutValue(call) is { } sentence)
            return sentence + SeeHelp(call);
        if (UnknownOption(call) is { } option)
            return $"{command.Name} has no option '{option}'{DidYouMean(call, option, OptionsOf(call))}";
        if (call.UnmatchedTokens is [var first, ..])
            return command.Subcommands.Count > 0
                ? $"{command.Name} has no verb '{first}'{DidYouMean(call, first, command.Subcommands.Select(c => c.Name))}"
                : $"'{first}' is one argument too many{SeeHelp(call)}";
        if (call.Errors is not [var error, ..])
            return null;
        var somethingMissing = error.SymbolResult is not { Tokens.Count: > 0 };
        return somethingMissing ? error.Message.TrimEnd('.') + SeeHelp(call) : error.Message;
    }

    /// <summary>An option at the end of the call, or before another option, which the parser takes for its value.</summary>
    private static string? WithoutValue(ParseResult call)
    {
        foreach (var option in call.CommandResult.Children.OfType<OptionResult>().Where(o => !o.Implicit && o.Option.Arity.MinimumNumberOfValues > 0))
        {
            string missing = $"The {option.Option.HelpName?.TrimEnd('…') ?? "value"} after {option.IdentifierToken?.Value ?? option.Option.Name} is missing";
            if (option.Tokens.Count == 0)
                return missing;
            if (option.Tokens.FirstOrDefault(token => Words.IsOption(token.Value)) is { } next)
                return $"{missing}: '{next.Value}' follows";
        }
        return null;
    }

    /// <summary>A mistyped option, which the parser takes for one more file where any number of files may stand.</summary>
    private static string? UnknownOption(ParseResult call)
    {
        var files = call.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value);
        // What stands after -- is no option, whatever it begins with.
        var plain = call.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value).ToHashSet();
        var token = files.Where(f => !File.Exists(f)).Concat(call.UnmatchedTokens).FirstOrDefault(t => t.StartsWith('-') && t.Length > 1 && !plain.Contains(t));
        return token?.Split('=')[0];
    }

    private static string DidYouMean(ParseResult call, string typed, IEnumerable<string> names)
    {
        var nearest = NearestNames.Find(typed, names, 1);
        // A name with more than a third of its letters changed is hardly what was meant. Distances are in thousandths of a letter.
        return nearest is [var name] && NearestNames.Distance(typed, name) <= 1000 * (name.Length / 3)
            ? $": did you mean {name}?" : SeeHelp(call);
    }

    /// <summary>What a call is told that leaves out an argument.</summary>
    public static string Missing(ParseResult call, Argument argument) =>
        $"Required argument '{argument.Name}' missing for command: '{call.CommandResult.Command.Name}'{SeeHelp(call)}";

    private static string SeeHelp(ParseResult call) => $"; see {string.Join(' ', Commands(call).Reverse().Select(c => c.Name))} --help.";

    private static IEnumerable<string> OptionsOf(ParseResult call) =>
        Commands(call).SelectMany((c, depth) => c.Options.Where(o => depth == 0 || o.Recursive)).SelectMany(o => o.Aliases.Prepend(o.Name));

    private static IEnumerable<Command> Commands(ParseResult call)
    {
        for (SymbolResult? result = call.CommandResult; result is CommandResult { Command: var command }; result = result.Parent)
            yield return command;
    }
}
