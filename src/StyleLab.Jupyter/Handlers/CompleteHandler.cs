using System.Text.Json.Nodes;
using StyleLab.Jupyter.Messages;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter.Handlers;

/// <summary>Says what can stand at the cursor, and whether a cell is finished.</summary>
internal sealed class CompleteHandler(Session session)
{
    public JsonObject? Complete(Request request)
    {
        string code = request.Text("code");
        int position = CursorPosition.ToIndex(code, request.Number("cursor_pos") ?? code.Length);
        var found = session.CompleteAsync(code, position).GetAwaiter().GetResult();

        int start = CursorPosition.FromIndex(code, found.Start);
        int end = CursorPosition.FromIndex(code, found.End);
        var types = found.Items.Select(item => (JsonNode)new JsonObject
        {
            ["text"] = item.Text,
            ["type"] = item.Kind,
            ["start"] = start,
            ["end"] = end,
            ["signature"] = item.Signature ?? "",
        });
        return new JsonObject
        {
            ["status"] = "ok",
            // Overloads are one match, but each has its own signature.
            ["matches"] = new JsonArray(
                [.. found.Items.Select(item => item.Text).Distinct().Select(text => (JsonNode)text)]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject { ["_jupyter_types_experimental"] = new JsonArray([.. types]) },
        };
    }

    public JsonObject? IsComplete(Request request)
    {
        var completeness = session.IsComplete(request.Text("code"));
        var reply = new JsonObject { ["status"] = completeness.State.ToString().ToLowerInvariant() };
        if (completeness.State == SubmissionState.Incomplete)
            reply["indent"] = completeness.Indent;
        return reply;
    }
}
