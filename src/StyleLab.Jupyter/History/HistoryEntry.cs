using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter.History;

/// <summary>A cell that was run.</summary>
/// <param name="Session">The number of the kernel that ran it, from 1.</param>
/// <param name="Line">The number of the cell in that kernel.</param>
/// <param name="Input">Its code.</param>
/// <param name="Output">Its value as text, if it had one.</param>
internal sealed record HistoryEntry(int Session, int Line, string Input, string? Output)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line of JSON, with its end.</summary>
    public string ToLine()
    {
        var json = new JsonObject { ["session"] = Session, ["line"] = Line, ["input"] = Input };
        if (Output != null)
            json["output"] = Output;
        return json.ToJsonString(Json) + "\n";
    }

    /// <summary>Reads what <see cref="ToLine"/> wrote; null for a line that is cut off or was edited by hand, which costs only itself.</summary>
    public static HistoryEntry? FromLine(string line)
    {
        try
        {
            return JsonText.Parse(line) is JsonObject json
                ? new HistoryEntry(
                    json["session"]!.GetValue<int>(), json["line"]!.GetValue<int>(), json["input"]!.GetValue<string>(),
                    json["output"]?.GetValue<string>())
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            return null;
        }
    }
}
