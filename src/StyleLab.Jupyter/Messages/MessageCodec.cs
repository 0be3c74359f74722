using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter.Messages;

/// <summary>
/// Between messages and frames: identities, "&lt;IDS|MSG&gt;", signature, header, parent header, metadata, content,
/// buffers (Jupyter messaging, "The wire protocol").
/// </summary>
internal sealed class MessageCodec(string key)
{
    /// <summary>The version of the messages. Later features are told by what is announced, not by this number.</summary>
    public const string ProtocolVersion = "5.3";

    private const int JsonFrames = 4;
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly byte[] Empty = "{}"u8.ToArray();
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    private readonly Signature _signature = new(key);

    /// <summary>The session id in the headers of all our messages.</summary>
    public string Session { get; } = Guid.NewGuid().ToString();

    /// <summary>Reads a message; null when it is none, or not signed with our key.</summary>
    public Request? Decode(byte[][] frames)
    {
        int delimiter = Array.FindIndex(frames, frame => frame.AsSpan().SequenceEqual(Delimiter));
        int header = delimiter + 2;
        if (delimiter < 0 || frames.Length < header + JsonFrames)
            return null;
        if (!_signature.Verify(frames.AsSpan(header, JsonFrames), frames[delimiter + 1]))
            return null;

        // The header goes to all clients as the parent of what follows, and none of them could read it.
        if (!frames.AsSpan(header, JsonFrames).ToArray().All(frame => Utf8.IsValid(frame)))
            return null;

        try
        {
            if (Parse(frames[header]).Field("msg_type") is not JsonValue value || !value.TryGetValue(out string? type))
                return null;
            return new Request(
                frames[..delimiter], frames[header], type, Object(frames[header + 2]), Object(frames[header + 3]),
                frames[(header + JsonFrames)..]);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a message.</summary>
    /// <param name="prefix">The identities of the peer, or the topic on iopub.</param>
    /// <param name="type">The type of the message.</param>
    /// <param name="parent">The header of the request it follows from, unchanged; null if it follows from none.</param>
    /// <param name="content">The fields.</param>
    /// <param name="buffers">Binary data, if any.</param>
    /// <param name="metadata">What is said of the message itself, if anything.</param>
    public byte[][] Encode(
        byte[][] prefix, string type, byte[]? parent, JsonObject content, byte[][]? buffers = null, JsonObject? metadata = null)
    {
        byte[][] frames = [Bytes(NewHeader(type)), parent ?? Empty, metadata == null ? Empty : Bytes(metadata), Bytes(content)];
        return [.. prefix, Delimiter, _signature.Of(frames), .. frames, .. buffers ?? []];
    }

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes((JsonNode)json, Json);

    private static JsonObject Object(byte[] json) => Parse(json) as JsonObject ?? [];

    private static JsonNode? Parse(byte[] json) => JsonText.Parse(Encoding.UTF8.GetString(json));

    private JsonObject NewHeader(string type) => new()
    {
        ["msg_id"] = Guid.NewGuid().ToString(),
        ["session"] = Session,
        ["username"] = "kernel",
        ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        ["msg_type"] = type,
        ["version"] = ProtocolVersion,
    };
}
