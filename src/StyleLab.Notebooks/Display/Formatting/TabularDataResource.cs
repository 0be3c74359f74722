using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive.Formatting.TabularData;

/// <summary>Rows and columns, shown by front ends that have a data explorer; others show a table.</summary>
public sealed class TabularDataResource
{
    /// <summary>The type that front ends with a data explorer know ("Tabular Data Resource", Frictionless Data).</summary>
    public const string MimeType = "application/vnd.dataresource+json";

    private readonly IReadOnlyList<IReadOnlyDictionary<string, object?>> _rows;

    internal TabularDataResource(IEnumerable items)
    {
        Items = [.. items.Cast<object>()];
        _rows = [.. Items.Select(item => ValueShape.Parts(item).ToDictionary(part => part.Name, part => part.Value))];
    }

    // Names may be there twice: two tables may have an id.
    internal TabularDataResource(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        string[] names = [.. columns.Select((name, i) => columns.Take(i).Contains(name) ? $"{name}_{i + 1}" : name)];
        _rows = [.. rows.Select(row => (IReadOnlyDictionary<string, object?>)new OrderedDictionary<string, object?>(names.Zip(row, KeyValuePair.Create)))];
        Items = [.. _rows];
        Preview = new TablePreview(columns, [.. rows.Take(TablePreview.MostRows)], rows.Count);
    }

    /// <summary>What the rows were made of.</summary>
    internal IReadOnlyList<object> Items { get; }

    /// <summary>The first rows, where they come as rows; null where they are properties of objects.</summary>
    internal TablePreview? Preview { get; }

    /// <summary>A row for each item, with its properties by name.</summary>
    public IEnumerable<IReadOnlyDictionary<string, object?>> Data => _rows;

    /// <summary>The names of the columns and the type of their values, and the rows, as JSON.</summary>
    public JsonString ToJsonString() => new(new JsonObject
    {
        ["profile"] = "tabular-data-resource",
        ["schema"] = new JsonObject
        {
            ["fields"] = new JsonArray([.. Columns().Select(column => (JsonNode)new JsonObject { ["name"] = column.Key, ["type"] = TypeOf(column.Value) })]),
        },
        ["data"] = new JsonArray([.. _rows.Select(row => (JsonNode)new JsonObject(row.Select(cell => KeyValuePair.Create(cell.Key, Json(cell.Value)))))]),
    }.ToJsonString());

    /// <summary>A value of each column, the first that is not null.</summary>
    private Dictionary<string, object?> Columns()
    {
        var columns = new Dictionary<string, object?>();
        foreach (var (name, value) in _rows.SelectMany(row => row))
            columns[name] = columns.GetValueOrDefault(name) ?? value;
        return columns;
    }

    private static string TypeOf(object? value) => value switch
    {
        bool => "boolean",
        sbyte or byte or short or ushort or int or uint or long or ulong => "integer",
        float or double or decimal => "number",
        DateTime or DateTimeOffset => "datetime",
        string or null => "string",
        _ when ValueShape.IsSimple(value) => "string",
        IEnumerable => "array",
        _ => "object",
    };

    // JSON has no word for these numbers.
    private static JsonNode? Json(object? value) => value switch
    {
        null or double.NaN or double.PositiveInfinity or double.NegativeInfinity => null,
        float number when !float.IsFinite(number) => null,
        bool or sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal
            or DateTime or DateTimeOffset => JsonSerializer.SerializeToNode(value),
        _ => PlainText.Of(value),
    };
}

/// <summary>Makes tables of sequences.</summary>
public static class TabularDataResourceExtensions
{
    /// <summary>The items as rows, their properties as columns.</summary>
    public static TabularDataResource ToTabularDataResource<T>(this IEnumerable<T> items) => new(items);
}
