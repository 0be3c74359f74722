using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Runs;

/// <summary>What a file of somebody else would have the command do is done when the person at the terminal agrees, or an option says so.</summary>
internal static class Agreement
{
    private static readonly string[] s_yes = ["y", "yes"];

    /// <summary>Asks; without a terminal nobody can agree.</summary>
    /// <param name="fact">What it is about, a sentence without its full stop.</param>
    /// <param name="question">The question, such as "Open it?".</param>
    /// <param name="otherwise">What to do if there is nobody to ask, such as "say --allow-outside".</param>
    /// <exception cref="WrongCallException">There is no agreement.</exception>
    public static void Require(string fact, string question, string otherwise)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
            throw new WrongCallException($"{fact}, and there is no terminal to ask at: {otherwise}.");
        Console.Error.Write($"{fact}. {question} [y/N] ");
        if (!s_yes.Contains(Console.ReadLine()?.Trim().ToLowerInvariant()))
            throw new WrongCallException($"That was not agreed to: {otherwise}.");
    }
}
