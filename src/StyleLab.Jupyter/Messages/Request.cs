using System.Diagnostics;
using System.Text.Json.Nodes;

namespace StyleLab.Jupyter.Messages;

/// <summary>A message from a client.</summary>
/// <param name="Identities">Who to answer: the frames before the message.</param>
/// <param name="Header">The header as it came; it becomes the parent header of everything that follows from it.</param>
/// <param name="Type">What is asked, for example "execute_request".</param>
/// <param name="Metadata">What clients add; notebooks put the cell's metadata here.</param>
/// <param name="Content">The fields of the request.</param>
/// <param name="Buffers">Binary data behind the message.</param>
internal sealed record Request(
    byte[][] Identities, byte[] Header, string Type, JsonObject Metadata, JsonObject Content, byte[][] Buffers)
{
    private const string Suffix = "_request";

    /// <summary>When it came, as <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long ReceivedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>The type of the reply; null for messages that have none, such as "comm_msg".</summary>
    public string? ReplyType =>
        Type.EndsWith(Suffix, StringComparison.Ordinal) ? Type[..^Suffix.Length] + "_reply" : null;

    /// <summary>A text of the content, or what stands for it when the client sent none.</summary>
    public string Text(string name, string absent = "") => Value(name, absent);

    public bool Flag(string name, bool absent) => Value(name, absent);

    public int? Number(string name) =>
        Content[name] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private T Value<T>(string name, T absent) =>
        Content[name] is JsonValue value && value.TryGetValue(out T? found) && found != null ? found : absent;
}
