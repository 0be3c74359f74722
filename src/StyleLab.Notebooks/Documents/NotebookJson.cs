using System.Text;
using System.Text.Json.Nodes;

namespace StyleLab.Notebooks;

/// <summary>
/// Writes JSON the way Jupyter does (one space of indent, nothing escaped that need not be, escapes in lower case), so
/// that a notebook that was not changed is written back byte for byte.
/// </summary>
internal static class NotebookJson
{
    public static string Write(JsonNode root)
    {
        var text = new StringBuilder();
        WriteNode(root, text, 0);
        return text.Append('\n').ToString();
    }

    private static void WriteNode(JsonNode? node, StringBuilder text, int depth)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } fields:
                WriteAll(fields, '{', '}', text, depth, field =>
                {
                    WriteString(field.Key, text);
                    text.Append(": ");
                    WriteNode(field.Value, text, depth + 1);
                });
                break;
            case JsonArray { Count: > 0 } items:
                WriteAll(items, '[', ']', text, depth, item => WriteNode(item, text, depth + 1));
                break;
            case JsonValue value when value.TryGetValue(out string? content):
                WriteString(content, text);
                break;
            default:
                // Numbers keep the digits they were read with.
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void WriteAll<T>(
        IEnumerable<T> items, char open, char close, StringBuilder text, int depth, Action<T> write)
    {
        text.Append(open);
        string separator = "\n";
        foreach (var item in items)
        {
            text.Append(separator).Append(' ', depth + 1);
            write(item);
            separator = ",\n";
        }

        text.Append('\n').Append(' ', depth).Append(close);
    }

    private static void WriteString(string content, StringBuilder text)
    {
        text.Append('"');
        for (int i = 0; i < content.Length; i++)
        {
            char c = content[i];
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ':
                    text.Append("\\u").Append(((int)c).ToString("x4"));
                    break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < content.Length && char.IsLowSurrogate(content[i + 1]))
                        text.Append(c).Append(content[++i]);
                    else if (char.IsSurrogate(c))
                        text.Append("\\u").Append(((int)c).ToString("x4")); // Half a pair cannot be written as UTF-8.
                    else
                        text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
