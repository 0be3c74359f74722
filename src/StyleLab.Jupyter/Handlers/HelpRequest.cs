using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter.Handlers;

/// <summary>A cell that is only a name with a question mark asks for help, as in other kernels: <c>Math.Max?</c>; two
/// question marks ask for more.</summary>
internal sealed partial record HelpRequest(string Name, int DetailLevel)
{
    /// <summary>The help that a cell asks for, or null if it is code.</summary>
    public static HelpRequest? NameIn(string code)
    {
        var match = Question().Match(code);
        return match.Success ? new HelpRequest(match.Groups["name"].Value, match.Groups["mark"].Length - 1) : null;
    }

    /// <summary>The reply to the execute_request: the front end shows the help in its pager.</summary>
    public JsonObject Answer(Session session, int executionCount)
    {
        var help = session.InspectAsync(Name, Name.Length, DetailLevel).GetAwaiter().GetResult()
            ?? new MimeBundle { { MimeTypes.PlainText, $"Nothing is known of {Name}." } };
        return new JsonObject
        {
            ["status"] = "ok",
            ["execution_count"] = executionCount,
            ["payload"] = new JsonArray(
                new JsonObject { ["source"] = "page", ["data"] = help.ToJson(), ["start"] = 0 }),
            ["user_expressions"] = new JsonObject(),
        };
    }

    [GeneratedRegex(@"^\s*(?:(?<mark>\?\??)\s*(?<name>[\p{L}_][\w.]*)|(?<name>[\p{L}_][\w.]*)(?<mark>\?\??))\s*$")]
    private static partial Regex Question();
}
