using System.Text.Json.Nodes;
using StyleLab.Jupyter.Channels;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter.Handlers;

/// <summary>Publishes what one cell says.</summary>
/// <param name="iopub">Where outputs go.</param>
/// <param name="parent">The header of the execute_request.</param>
/// <param name="showsResult">Whether the value of the last expression is published.</param>
internal sealed class CellOutputs(IopubChannel iopub, byte[] parent, bool showsResult)
{
    /// <summary>The value of the last expression as text, if there was one.</summary>
    public string? Result { get; private set; }

    /// <summary>The fields of an error message. What went wrong is red, where it happened is not.</summary>
    public static JsonObject Content(ErrorOutput error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray(
            [.. error.Traceback.Select((line, i) => (JsonNode)(i == 0 ? $"\e[31m{line}\e[0m" : line))]),
    };

    public void Publish(Output output)
    {
        switch (output)
        {
            case StreamOutput write:
                Send("stream", new JsonObject { ["name"] = write.Name, ["text"] = write.Text });
                break;
            case DisplayOutput display:
                Send("display_data", Displayed(display.Data, display.DisplayId));
                break;
            case UpdateDisplayOutput update:
                Send("update_display_data", Displayed(update.Data, update.DisplayId));
                break;
            case ResultOutput result when showsResult:
                Result = result.Data[MimeTypes.PlainText];
                Send("execute_result", Shown(result));
                break;
            case ErrorOutput error:
                Send("error", Content(error));
                break;
            case ClearOutput clear:
                Send("clear_output", new JsonObject { ["wait"] = clear.Wait });
                break;
        }
    }

    private static JsonObject Displayed(MimeBundle data, string displayId) => new()
    {
        ["data"] = data.ToJson(),
        ["metadata"] = new JsonObject(),
        ["transient"] = new JsonObject { ["display_id"] = displayId },
    };

    private static JsonObject Shown(ResultOutput result) => new()
    {
        ["execution_count"] = result.ExecutionCount,
        ["data"] = result.Data.ToJson(),
        ["metadata"] = new JsonObject(),
    };

    private void Send(string type, JsonObject content) => iopub.Publish(type, parent, content);
}
