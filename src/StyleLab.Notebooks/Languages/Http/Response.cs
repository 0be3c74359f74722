using System.Net.Http.Headers;
using System.Text;

namespace StyleLab.Notebooks;

/// <summary>What a server answered.</summary>
/// <param name="Status">The number, such as 200.</param>
/// <param name="Reason">What it says about it.</param>
/// <param name="Headers">All headers.</param>
/// <param name="Type">The MIME type of the body; empty if not told.</param>
/// <param name="Body">The body.</param>
/// <param name="Duration">From sending to the last byte.</param>
internal sealed record Response(
    int Status, string Reason, IReadOnlyList<(string Name, string Value)> Headers, string Type, byte[] Body, TimeSpan Duration)
{
    private string? _charset;

    /// <summary>The body as text.</summary>
    public string Text => Encoding().GetString(Body).TrimStart('\uFEFF');

    public bool IsJson => Type == MimeTypes.Json || Type.EndsWith("+json", StringComparison.Ordinal);

    public static async Task<Response> ReadAsync(HttpResponseMessage message, Func<TimeSpan> elapsed, CancellationToken cancellation)
    {
        byte[] body = await message.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        return new Response(
            (int)message.StatusCode, message.ReasonPhrase ?? "", [.. HeadersOf(message.Headers), .. HeadersOf(message.Content.Headers)],
            message.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? "", body, elapsed())
        {
            _charset = message.Content.Headers.ContentType?.CharSet,
        };
    }

    public static IEnumerable<(string Name, string Value)> HeadersOf(HttpHeaders headers) =>
        headers.NonValidated.Select(header => (header.Key, string.Join(", ", header.Value)));

    private Encoding Encoding()
    {
        try
        {
            return string.IsNullOrEmpty(_charset) ? System.Text.Encoding.UTF8 : System.Text.Encoding.GetEncoding(_charset.Trim('"'));
        }
        catch (ArgumentException)
        {
            return System.Text.Encoding.UTF8;
        }
    }
}
