using System.Text;
using System.Text.Json.Nodes;

namespace StyleLab.Endurance.Mutations;

/// <summary>Changes JSON that stays JSON: another value in a place, a key doubled, left out or renamed, nesting without end.</summary>
internal static class JsonMutation
{
    private const string Mark = "@@ here @@";

    private static readonly string[] s_values =
    [
        "null", "true", "false", "0", "-1", "1", "2147483648", "-9223372036854775809", "1e999", "-1e308", "1.5", "1e-320", "\"\"", "\"x\"", "\"null\"",
        "[]", "{}", "[null]", "[[]]", "{\"a\":null}", "[1,\"x\",{}]", "\"\\ud83d\"", "\"\\u0000\"", "\"../../x\"", "\"/dev/zero\"", "\"/dev/stdin\"", "\"\\\\\"",
    ];

    /// <summary>Changes a text; what is no JSON stays as it is.</summary>
    public static byte[] Of(byte[] input, Random random) => Encoding.UTF8.GetBytes(Of(Encoding.UTF8.GetString(input), random));

    /// <inheritdoc cref="Of(byte[], Random)"/>
    public static string Of(string text, Random random)
    {
        for (int times = random.Next(2) == 0 ? 1 : 1 << random.Next(3); times > 0; times--)
        {
            JsonNode? root;
            try
            {
                root = JsonNode.Parse(text, documentOptions: new() { MaxDepth = 200 });
                if (root is JsonObject or JsonArray)
                    text = Changed(root, random);
            }
            // Changed so that it is read no more: a later change would hide that.
            catch (Exception error) when (error is System.Text.Json.JsonException or InvalidOperationException or ArgumentException)
            {
                return text;
            }
        }
        return text;
    }

    private static string Changed(JsonNode root, Random random)
    {
        var places = new List<JsonNode>();
        Collect(root, places);
        var parent = places[random.Next(places.Count)];
        string value = ValueOf(root, places, random);
        if (parent is JsonArray list)
        {
            int at = random.Next(list.Count + 1);
            if (at < list.Count && random.Next(4) == 0)
                list.RemoveAt(at);
            else if (at < list.Count && random.Next(2) == 0)
                list[at] = Mark;
            else
                list.Insert(at, Mark);
            return Written(root, value);
        }

        var fields = (JsonObject)parent;
        if (fields.Count == 0)
        {
            fields["x"] = Mark;
            return Written(root, value);
        }
        string key = fields.ElementAt(random.Next(fields.Count)).Key;
        switch (random.Next(8))
        {
            case 0:
                fields.Remove(key);
                return root.ToJsonString();
            case 1:
                fields["unknown"] = Mark;
                return Written(root, value);
            case 2:
                string before = fields[key]?.ToJsonString() ?? "null";
                fields[key] = Mark;
                return Written(root, $"{before},{JsonValue.Create(key).ToJsonString()}:{value}");
            default:
                fields[key] = Mark;
                return Written(root, value);
        }
    }

    private static string Written(JsonNode root, string value) => root.ToJsonString().Replace($"\"{Mark}\"", value, StringComparison.Ordinal);

    private static string ValueOf(JsonNode root, List<JsonNode> places, Random random)
    {
        switch (random.Next(12))
        {
            case 0:
                int depth = 1 << random.Next(17);
                return string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth));
            case 1:
                int levels = 1 << random.Next(14);
                return string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);
            case 2:
                return places[random.Next(places.Count)].ToJsonString();
            case 3:
                return $"\"{new string('x', 1 << random.Next(16))}\"";
            case 4:
                return random.Next(int.MinValue, int.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture);
            default:
                return s_values[random.Next(s_values.Length)];
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> places)
    {
        if (node is not (JsonObject or JsonArray))
            return;
        places.Add(node);
        foreach (var inner in node is JsonObject fields ? fields.Select(field => field.Value) : ((JsonArray)node).AsEnumerable())
            Collect(inner, places);
    }
}
