using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace StyleLab.Notebooks.Tests;

public sealed class FormatterTests
{
    [Theory]
    [InlineData("text", "text")]
    [InlineData(1.5, "1.5")]
    [InlineData(true, "True")]
    [InlineData(null, "<null>")]
    public void Simple_values_are_shown_as_text_only(object? value, string expected)
    {
        var content = Formatter.Format(value);
        Assert.Equal([KeyValuePair.Create("text/plain", expected)], content);
    }

    [Fact]
    public void Objects_that_refer_to_each_other_in_circles_are_shown_only_so_deep()
    {
        var nodes = Enumerable.Range(0, 20).Select(_ => new Neighbour()).ToList();
        nodes.ForEach(node => node.Others = nodes);
        var content = Formatter.Format(nodes[0]);
        Assert.InRange(content[MimeTypes.PlainText]!.Length, 100, 200_000);
        Assert.InRange(content[MimeTypes.Html]!.Length, 100, 2_000_000);
        Assert.Equal(6, Formatter.RecursionLimit);
    }

    [Fact]
    public void A_tabular_data_resource_is_its_rows_and_the_types_of_its_columns()
    {
        var rows = new[] { new { Name = "a", Length = 1.5, Count = 2 }, new { Name = "b", Length = double.NaN, Count = 3 } };
        var content = Formatter.Format(rows.ToTabularDataResource());
        var table = JsonNode.Parse(content["application/vnd.dataresource+json"]!)!;
        Assert.Equal(
            """[{"name":"Name","type":"string"},{"name":"Length","type":"number"},{"name":"Count","type":"integer"}]""",
            table["schema"]!["fields"]!.ToJsonString());
        Assert.Equal(
            """[{"Name":"a","Length":1.5,"Count":2},{"Name":"b","Length":null,"Count":3}]""", table["data"]!.ToJsonString());
        Assert.Contains("<th>Length</th><th>Count</th>", content[MimeTypes.Html], StringComparison.Ordinal);
        Assert.Contains("<td>1.5</td><td>2</td>", content[MimeTypes.Html], StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_numbers_is_one_line_and_a_long_one_is_cut()
    {
        Assert.Equal("[ 1, 2, 3 ]", Formatter.Format(new[] { 1, 2, 3 })["text/plain"]);
        string text = Formatter.Format(Enumerable.Range(0, 100).ToList())["text/plain"]!;
        Assert.EndsWith("18, 19, … (80 more) ]", text);
        Assert.EndsWith("19, … (more) ]", Formatter.Format(Endless())["text/plain"]);

        static IEnumerable<int> Endless()
        {
            for (int i = 0; ; i++)
                yield return i;
        }
    }

    [Fact]
    public void A_list_of_objects_is_a_table_with_a_column_for_each_property()
    {
        var content = Formatter.Format(new[] { new Point(1, "<a>"), new Point(2, "b") });
        Assert.Equal(
            "<table><thead><tr><th></th><th>X</th><th>Name</th></tr></thead><tbody>" +
            "<tr><th>0</th><td>1</td><td>&lt;a&gt;</td></tr><tr><th>1</th><td>2</td><td>b</td></tr></tbody></table>",
            content["text/html"]);
        Assert.Equal("[ Point { X = 1, Name = \"<a>\" }, Point { X = 2, Name = \"b\" } ]", content["text/plain"]);
    }

    [Fact]
    public void A_dictionary_is_a_table_of_keys_and_values()
    {
        var content = Formatter.Format(new Dictionary<string, int> { ["a"] = 1 });
        Assert.Contains("<tr><th>a</th><td>1</td></tr>", content["text/html"]);
        Assert.Equal("{ \"a\": 1 }", content["text/plain"]);
    }

    [Fact]
    public void An_object_is_a_table_of_its_parts_and_one_that_refers_to_itself_ends()
    {
        var node = new Node { Name = "n" };
        node.Next = node;
        var content = Formatter.Format(node);
        Assert.StartsWith("<table><tbody><tr><th>Name</th><td>n</td></tr><tr><th>Next</th>", content["text/html"]);
        Assert.Equal("Node { Name = \"n\", Next = Node }", content["text/plain"]);
    }

    [Fact]
    public void A_running_task_is_shown_without_waiting_for_it() =>
        Assert.Equal("Task<int> { Status = WaitingForActivation }", Formatter.Format(new TaskCompletionSource<int>().Task)["text/plain"]);

    [Fact]
    public void A_property_that_throws_is_a_note_in_the_table() =>
        Assert.Contains("NotSupportedException: not here", Formatter.Format(new Throws())["text/html"]);

    [Fact]
    public void A_sequence_that_throws_is_a_note()
    {
        Assert.Contains("cannot be shown: broken", Formatter.Format(Broken())["text/plain"]);

        static IEnumerable<int> Broken()
        {
            yield return 1;
            throw new InvalidOperationException("broken");
        }
    }

    [Fact]
    public void Preferred_types_of_the_convention_are_all_shown_and_text_besides()
    {
        var content = Formatter.Format(new Swatch("red"));
        Assert.Equal(["image/svg+xml", "text/html", "text/plain"], content.Select(c => c.Key));
        Assert.Equal("<b>red</b>", content["text/html"]);
        Assert.Equal("Swatch { Color = \"red\" }", content["text/plain"]);
    }

    [Fact]
    public void Without_preferred_types_every_formatter_that_handles_the_value_is_used() =>
        Assert.Equal(
            ["text/html", "image/svg+xml", "application/json", "text/plain"],
            Formatter.Format(new PlainSwatch("red")).Select(c => c.Key));

    [Fact]
    public void A_formatter_that_throws_leaves_the_text_and_a_note() =>
        Assert.Equal(
            "Swatch { Color = \"boom\" }\n(the formatter of Swatch failed: no such color)",
            Formatter.Format(new Swatch("boom"))["text/plain"]);

    [Fact]
    public void Values_with_formatters_show_themselves_inside_tables() =>
        Assert.Contains("<td><b>red</b></td>", Formatter.Format(new[] { new Swatch("red") })["text/html"]);

    [Fact]
    public void Asked_for_types_are_the_only_ones_unless_there_are_none()
    {
        Assert.Equal(["text/html"], Formatter.Format(new Swatch("red"), ["text/html"]).Select(c => c.Key));
        Assert.Equal(["text/plain"], Formatter.Format(1, ["image/png"]).Select(c => c.Key));
    }

    [Fact]
    public void Json_types_are_json_in_the_bundle()
    {
        var json = new MimeBundle { { "application/vnd.plotly.v1+json", "{\"data\":[1]}" }, { "text/plain", "[1]" } }.ToJson();
        Assert.IsType<JsonObject>(json["application/vnd.plotly.v1+json"]);
        Assert.Equal("[1]", (string?)json["text/plain"]);
    }

    private sealed record Point(int X, string Name);

    private sealed class Node
    {
        public string Name { get; set; } = "";

        public Node? Next { get; set; }
    }

    private sealed class Throws
    {
        public int Value => throw new NotSupportedException("not here");
    }

    [TypeFormatterSource(typeof(SwatchFormatters), PreferredMimeTypes = ["image/svg+xml", "text/html"])]
    private sealed record Swatch(string Color);

    [TypeFormatterSource(typeof(SwatchFormatters))]
    private sealed record PlainSwatch(string Color);

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;

        public string[]? PreferredMimeTypes { get; set; }
    }

    private sealed class SwatchFormatters
    {
        public IEnumerable<object> CreateTypeFormatters()
        {
            yield return new SwatchFormatter("text/html", color => $"<b>{color}</b>");
            yield return new SwatchFormatter("image/svg+xml", color => $"<svg fill='{color}'/>");
            yield return new SwatchFormatter("application/json", color => $"\"{color}\"");
            yield return new SwatchFormatter("image/png", _ => null);
        }
    }

    private sealed class SwatchFormatter(string mimeType, Func<string, string?> content)
    {
        public string MimeType => mimeType;

        public bool Format(object value, TextWriter writer)
        {
            string color = (value as Swatch)?.Color ?? ((PlainSwatch)value).Color;
            if (color == "boom")
                throw new ArgumentException("no such color");
            writer.Write(content(color));
            return content(color) != null;
        }
    }

    private sealed class Neighbour
    {
        public string Name => "node";

        public List<Neighbour> Others { get; set; } = [];
    }
}
