using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>Writes the outputs of running cells into the notebook, the way Jupyter's front ends do.</summary>
internal sealed class OutputRecorder
{
    private readonly Dictionary<string, List<JsonObject>> _displays = [];
    private readonly HashSet<NotebookCell> _toClear = [];

    /// <summary>Held while the notebook changes; whoever saves it takes this lock.</summary>
    public Lock NotebookLock { get; } = new();

    /// <summary>Adds one output to a cell, or changes the earlier display that it updates.</summary>
    public void Record(NotebookCell cell, Output output)
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
                _toClear.Add(cell);
                return;
            }

            if (output is ClearOutput || _toClear.Remove(cell))
                cell.Outputs.Clear();
            switch (output)
            {
                case StreamOutput stream:
                    AddText(cell, stream);
                    break;
                case DisplayOutput display:
                    _displays[display.DisplayId] = [Add(cell, "display_data", display.Data)];
                    break;
                case ResultOutput result:
                    Add(cell, "execute_result", result.Data)["execution_count"] = result.ExecutionCount;
                    break;
                case ErrorOutput error:
                    AddError(cell, error);
                    break;
            }
        }
    }

    private static void AddText(NotebookCell cell, StreamOutput stream)
    {
        if (cell.Outputs.LastOrDefault() is JsonObject last && MultilineText.Read(last["output_type"]) == "stream"
            && MultilineText.Read(last["name"]) == stream.Name)
        {
            last["text"] = MultilineText.Write(MultilineText.Read(last["text"]) + stream.Text);
            return;
        }

        cell.Outputs.Add(new JsonObject
        {
            ["name"] = stream.Name,
            ["output_type"] = "stream",
            ["text"] = MultilineText.Write(stream.Text),
        });
    }

    private static JsonObject Add(NotebookCell cell, string type, MimeBundle data)
    {
        var output = new JsonObject { ["data"] = StoredData(data) };
        if (type == "execute_result")
            output["execution_count"] = null;
        output["metadata"] = new JsonObject();
        output["output_type"] = type;
        cell.Outputs.Add((JsonNode)output);
        return output;
    }

    private static void AddError(NotebookCell cell, ErrorOutput error) =>
        cell.Outputs.Add(new JsonObject
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
