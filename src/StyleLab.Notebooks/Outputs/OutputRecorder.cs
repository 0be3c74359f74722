using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>Writes the outputs of running cells into lists of Jupyter's JSON, the way its front ends do.</summary>
internal sealed class OutputRecorder
{
    private readonly Dictionary<string, List<JsonObject>> _displays = [];
    private readonly HashSet<JsonArray> _toClear = [];

    /// <summary>Held while a list changes; whoever reads or saves it takes this lock.</summary>
    public Lock NotebookLock { get; } = new();

    /// <summary>Adds one output to a list, or changes the earlier display that it updates, in whichever list that is.</summary>
    public void Record(JsonArray outputs, Output output)
    {
        lock (NotebookLock)
        {
            if (output is UpdateDisplayOutput update)
            {
                foreach (var display in _displays.GetValueOrDefault(update.DisplayId, []))
                    display["data"] = StoredData(update.Data);
                return;
            }

            if (output is ClearOutput { Wait: true })
            {
                _toClear.Add(outputs);
                return;
            }

            if (output is ClearOutput || _toClear.Remove(outputs))
                outputs.Clear();
            switch (output)
            {
                case StreamOutput stream:
                    AddText(outputs, stream);
                    break;
                case DisplayOutput display:
                    _displays[display.DisplayId] = [Add(outputs, "display_data", display.Data)];
                    break;
                case ResultOutput result:
                    Add(outputs, "execute_result", result.Data)["execution_count"] = result.ExecutionCount;
                    break;
                case ErrorOutput error:
                    AddError(outputs, error);
                    break;
            }
        }
    }

    /// <summary>Empties a list that was to be emptied with its next output.</summary>
    /// <returns>Whether it was.</returns>
    public bool EndWait(JsonArray outputs)
    {
        lock (NotebookLock)
        {
            bool waits = _toClear.Remove(outputs);
            if (waits)
                outputs.Clear();
            return waits;
        }
    }

    private static void AddText(JsonArray outputs, StreamOutput stream)
    {
        if (outputs.LastOrDefault() is JsonObject last && MultilineText.Read(last["output_type"]) == "stream"
            && MultilineText.Read(last["name"]) == stream.Name)
        {
            last["text"] = MultilineText.Write(MultilineText.Read(last["text"]) + stream.Text);
            return;
        }

        outputs.Add(new JsonObject
        {
            ["name"] = stream.Name,
            ["output_type"] = "stream",
            ["text"] = MultilineText.Write(stream.Text),
        });
    }

    private static JsonObject Add(JsonArray outputs, string type, MimeBundle data)
    {
        var output = new JsonObject { ["data"] = StoredData(data) };
        if (type == "execute_result")
            output["execution_count"] = null;
        output["metadata"] = new JsonObject();
        output["output_type"] = type;
        outputs.Add((JsonNode)output);
        return output;
    }

    private static void AddError(JsonArray outputs, ErrorOutput error) =>
        outputs.Add(new JsonObject
        {
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["output_type"] = "error",
            ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
        });

    /// <summary>Text goes to the file in lines, base64 in one piece and JSON as JSON.</summary>
    private static JsonObject StoredData(MimeBundle data)
    {
        var stored = data.ToJson();
        foreach (var (mimeType, content) in data)
        {
            bool isText = mimeType.StartsWith("text/", StringComparison.Ordinal)
                || mimeType is MimeTypes.Svg or "application/javascript";
            if (isText)
                stored[mimeType] = MultilineText.Write(content);
        }

        return stored;
    }
}
