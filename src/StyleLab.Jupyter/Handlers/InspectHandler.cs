using System.Text.Json.Nodes;
using StyleLab.Jupyter.Messages;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter.Handlers;

/// <summary>Says what the name at the cursor means.</summary>
internal sealed class InspectHandler(Session session)
{
    public JsonObject? Handle(Request request)
    {
        string code = request.Text("code");
        int position = CursorPosition.ToIndex(code, request.Number("cursor_pos") ?? code.Length);
        var found = session.InspectAsync(code, position, request.Number("detail_level") ?? 0).GetAwaiter().GetResult();
        return new JsonObject
        {
            ["status"] = "ok",
            ["found"] = found != null,
            ["data"] = found?.ToJson() ?? [],
            ["metadata"] = new JsonObject(),
        };
    }
}
