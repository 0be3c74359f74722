using System.Text.Json;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>
/// A notebook document (.ipynb, nbformat 4.0 to 4.5, or .dib): a view of its JSON, edited in place, so that fields this program
/// does not know are kept and stay where they are.
/// </summary>
public sealed class Notebook
{
    private readonly JsonObject _json;
    private readonly List<NotebookCell> _cells;

    private Notebook(JsonObject json)
    {
        _json = json;
        _cells = [.. json["cells"]!.AsArray().Select(cell => new NotebookCell((JsonObject)cell!))];
    }

    public IReadOnlyList<NotebookCell> Cells => _cells;

    public JsonObject Metadata
    {
        get
        {
            if (_json["metadata"] is JsonObject metadata)
                return metadata;
            metadata = [];
            _json["metadata"] = metadata;
            return metadata;
        }
    }

    /// <summary>The minor version of the format: 5 means nbformat 4.5, the first with cell ids.</summary>
    public int MinorVersion => NumberOf(_json["nbformat_minor"]) ?? 0;

    /// <summary>Whether a file is in the .dib format, which has no outputs.</summary>
    public static bool IsDib(string path) => Path.GetExtension(path).Equals(".dib", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a notebook file, .ipynb or .dib.</summary>
    /// <exception cref="NotebookException">The file cannot be read or is not a notebook of a version we
    /// know.</exception>
    public static Notebook Load(string path)
    {
        try
        {
            string text = File.ReadAllText(path), name = Path.GetFileName(path);
            return IsDib(path) ? DibFormat.Parse(text, name) : Parse(text, name);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            string problem = failed is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file" : failed.Message;
            throw new NotebookException($"Cannot read the notebook {path}: {problem}.", failed);
        }
    }

    /// <summary>Reads a notebook from its JSON.</summary>
    /// <param name="json">The content of an .ipynb file.</param>
    /// <param name="name">How error messages call it.</param>
    /// <exception cref="NotebookException">The text is not a notebook of a version we know.</exception>
    public static Notebook Parse(string json, string name = "notebook")
    {
        JsonNode? root;
        try
        {
            root = JsonText.Parse(json);
        }
        catch (JsonException broken)
        {
            throw new NotebookException($"{name} is not a notebook: {JsonText.Problem(broken)}.", broken);
        }

        if (root is not JsonObject document || NumberOf(document["nbformat"]) is not { } version)
            throw new NotebookException($"{name} is not a notebook: it is JSON, but without the field nbformat.");
        if (version != 4)
        {
            throw new NotebookException(
                $"{name} has notebook format {version}, and this program reads format 4 (4.0 to 4.5); " +
                "save it from Jupyter in format 4.");
        }

        NotebookSchema.Require(document, name);
        return new Notebook(document);
    }

    /// <summary>Makes an empty notebook of format 4.5 for C#.</summary>
    public static Notebook Create()
    {
        var notebook = new Notebook(new JsonObject
        {
            ["cells"] = new JsonArray(),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        });
        CSharpNotebook.AddTo(notebook);
        return notebook;
    }

    /// <summary>Puts a new cell before the one at this index.</summary>
    public NotebookCell Insert(int index, CellKind kind, string source)
    {
        var json = new JsonObject { ["cell_type"] = kind.ToString().ToLowerInvariant() };
        if (kind == CellKind.Code)
            json["execution_count"] = null;
        if (MinorVersion >= 5)
            json["id"] = Guid.NewGuid().ToString("N")[..8];
        json["metadata"] = new JsonObject();
        if (kind == CellKind.Code)
            json["outputs"] = new JsonArray();
        json["source"] = MultilineText.Write(source);

        var cell = new NotebookCell(json);
        _json["cells"]!.AsArray().Insert(index, json);
        _cells.Insert(index, cell);
        return cell;
    }

    public void Remove(NotebookCell cell)
    {
        _json["cells"]!.AsArray().Remove(cell.Json);
        _cells.Remove(cell);
    }

    /// <summary>Writes the notebook to a temporary file and renames it, so that an old version is never lost. A .dib
    /// file has no place for outputs.</summary>
    /// <exception cref="NotebookException">The file cannot be written.</exception>
    public void Save(string path) => Save(path, sync: false);

    /// <param name="path">The file.</param>
    /// <param name="sync">True to be sure of it after a power cut, too.</param>
    internal void Save(string path, bool sync) => TextFile.Write(path, IsDib(path) ? DibFormat.Write(this) : ToJson(), sync);

    /// <summary>The notebook as the content of an .ipynb file.</summary>
    public string ToJson() => NotebookJson.Write(_json);

    private static int? NumberOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out int number) ? number : null;
}
