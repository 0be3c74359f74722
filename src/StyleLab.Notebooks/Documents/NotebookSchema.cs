using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>
/// The parts of a notebook that must be what they are for it to be read: cells, their text and their outputs. Everything else, metadata
/// above all, may be as odd as it likes.
/// </summary>
internal static class NotebookSchema
{
    /// <summary>Looks through a notebook's JSON.</summary>
    /// <exception cref="NotebookException">A part is missing or something else.</exception>
    public static void Require(JsonObject notebook, string name)
    {
        Require(notebook.Field("metadata") is null or JsonObject, name, "metadata", notebook["metadata"], "an object");
        if (notebook.Field("cells") is not JsonArray cells)
            throw new NotebookException($"{name} is not a notebook: it has no list of cells.");
        for (int i = 0; i < cells.Count; i++)
            RequireCell(cells[i], name, $"cells[{i}]");
    }

    private static void RequireCell(JsonNode? cell, string name, string place)
    {
        Require(cell is JsonObject, name, place, cell, "a cell, which is an object");
        Require(IsText(cell.Field("cell_type")), name, $"{place}.cell_type", cell.Field("cell_type"), "code, markdown or raw");
        Require(cell.Field("metadata") is null or JsonObject, name, $"{place}.metadata", cell.Field("metadata"), "an object");
        Require(IsLines(cell.Field("source")), name, $"{place}.source", cell.Field("source"), "text or a list of lines");
        var outputs = cell.Field("outputs");
        Require(outputs is null or JsonArray, name, $"{place}.outputs", outputs, "a list of outputs");
        for (int i = 0; outputs is JsonArray list && i < list.Count; i++)
            Require(list[i] is JsonObject, name, $"{place}.outputs[{i}]", list[i], "an output, which is an object");
    }

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? _);

    private static bool IsLines(JsonNode? node) => node is null || IsText(node) || (node is JsonArray lines && lines.All(IsText));

    private static void Require(bool isRight, string name, string place, JsonNode? found, string expected)
    {
        if (!isRight)
            throw new NotebookException($"{name} is damaged: {place} is {JsonText.KindOf(found)}, expected {expected}.");
    }
}
