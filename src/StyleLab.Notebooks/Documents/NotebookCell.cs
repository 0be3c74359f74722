using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    Code,
    Markdown,
    Raw,
}

/// <summary>One cell of a notebook: a view of its JSON, which keeps every field it does not know.</summary>
public sealed class NotebookCell
{
    internal NotebookCell(JsonObject json) => Json = json;

    /// <summary>The cell as it is stored.</summary>
    public JsonObject Json { get; }

    public CellKind Kind => MultilineText.Read(Json["cell_type"]) switch
    {
        "code" => CellKind.Code,
        "markdown" => CellKind.Markdown,
        _ => CellKind.Raw,
    };

    /// <summary>The cell's text; lines end in <c>\n</c>.</summary>
    public string Source
    {
        get => MultilineText.Read(Json["source"]);
        set => Json["source"] = MultilineText.Write(value);
    }

    public JsonObject Metadata
    {
        get
        {
            if (Json["metadata"] is JsonObject metadata)
                return metadata;
            metadata = [];
            Json["metadata"] = metadata;
            return metadata;
        }
    }

    public IReadOnlyList<string> Tags =>
        Json.Field("metadata").Field("tags") is JsonArray tags ? [.. tags.Select(tag => tag?.ToString() ?? "")] : [];

    /// <summary>The language that the cell's metadata names; null if it names none.</summary>
    public string? Language
    {
        get
        {
            string name = MultilineText.Read(Json.Field("metadata").Field("polyglot_notebook").Field("kernelName"));
            if (name.Length == 0)
                name = MultilineText.Read(Json.Field("metadata").Field("dotnet_interactive").Field("language"));
            return name.Length > 0 ? name : null;
        }

        set
        {
            Metadata["dotnet_interactive"] = new JsonObject { ["language"] = value };
            Metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = value };
        }
    }

    /// <summary>The number the cell got when it last ran; null if it did not.</summary>
    public int? ExecutionCount
    {
        get => Json["execution_count"] is JsonValue count && count.TryGetValue(out int number) ? number : null;
        set => Json["execution_count"] = value;
    }

    /// <summary>The outputs of a code cell, in Jupyter's JSON.</summary>
    public JsonArray Outputs
    {
        get
        {
            if (Json["outputs"] is JsonArray outputs)
                return outputs;
            outputs = [];
            Json["outputs"] = outputs;
            return outputs;
        }
    }

    public bool HasTag(string tag) => Tags.Contains(tag);
}
