using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;

namespace StyleLab.Notebooks;

/// <summary>A request of a name and what came back: <c>{{login.response.body.$.token}}</c> is a part of it.</summary>
internal sealed partial record NamedResponse(string RequestBody, IReadOnlyList<(string Name, string Value)> RequestHeaders, Response Response)
{
    /// <summary>What a path names; null if there is nothing there.</summary>
    /// <param name="path">What stands behind the request's name, such as <c>response.body.$.token</c>.</param>
    public string? Find(string path)
    {
        bool isRequest = path.StartsWith("request.", StringComparison.Ordinal);
        if (!isRequest && !path.StartsWith("response.", StringComparison.Ordinal))
            return null;
        string rest = path[(path.IndexOf('.') + 1)..];
        string body = isRequest ? RequestBody : Response.Text;
        if (rest.StartsWith("headers.", StringComparison.Ordinal))
        {
            string name = rest["headers.".Length..];
            return (isRequest ? RequestHeaders : Response.Headers).Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(header => header.Value).FirstOrDefault();
        }

        return rest is "body" or "body.*" ? body
            : rest.StartsWith("body.$", StringComparison.Ordinal) ? FromJson(body, rest["body.$".Length..])
            : rest.StartsWith("body./", StringComparison.Ordinal) ? FromXml(body, rest["body.".Length..])
            : null;
    }

    private static string? FromJson(string body, string path)
    {
        try
        {
            var node = JsonText.Parse(body);
            int read = 0;
            foreach (Match step in Step().Matches(path))
            {
                if (step.Index != read)
                    return null;
                read += step.Length;
                node = step.Groups["index"] is { Success: true, Value: var index }
                    ? (node as JsonArray)?.ElementAtOrDefault(int.Parse(index, CultureInfo.InvariantCulture))
                    : (node as JsonObject)?[step.Groups["name"].Value];
            }

            return read < path.Length || node == null ? null
                : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? FromXml(string body, string path)
    {
        try
        {
            return XDocument.Parse(body).XPathEvaluate(path) switch
            {
                IEnumerable<object> found => found.FirstOrDefault() switch
                {
                    XElement element => element.Value,
                    XAttribute attribute => attribute.Value,
                    XText text => text.Value,
                    _ => null,
                },
                IFormattable single => single.ToString(null, CultureInfo.InvariantCulture),
                var other => other.ToString(),
            };
        }
        catch (Exception broken) when (broken is XmlException or XPathException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\[(?<index>\d{1,9})\]|\[['""](?<name>[^'""]*)['""]\]")]
    private static partial Regex Step();
}
