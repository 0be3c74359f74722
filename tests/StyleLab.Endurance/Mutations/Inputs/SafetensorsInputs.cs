using StyleLab.Cli.Runs;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace StyleLab.Endurance.Mutations.Inputs;

/// <summary>Safetensors files whose header is changed and still fits to what follows.</summary>
internal static class SafetensorsInputs
{
    private const int LengthBytes = 8;

    /// <summary>Another header.</summary>
    public static byte[] WithHeader(byte[] file, Random random) => Changed(file, header => JsonMutation.Of(header, random));

    /// <summary>Another text among the metadata, which are JSON themselves.</summary>
    public static byte[] WithMetadata(byte[] file, Random random) => random.Next(8) == 0 ? WithHeader(file, random) : Changed(file, header =>
    {
        var json = JsonNode.Parse(header)!;
        var metadata = json["__metadata__"]!.AsObject();
        string key = metadata.ElementAt(random.Next(metadata.Count)).Key;
        metadata[key] = JsonMutation.Of(metadata[key]!.ToString(), random);
        return json.ToJsonString();
    });

    private static byte[] Changed(byte[] file, Func<string, string> change)
    {
        long length = file.Length < LengthBytes ? -1 : BinaryPrimitives.ReadInt64LittleEndian(file);
        if (length < 0 || length > file.Length - LengthBytes)
            return file;
        byte[] header = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(file, LengthBytes, (int)length)));
        var start = new byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(start, header.Length);
        return [.. start, .. header, .. file[(LengthBytes + (int)length)..]];
    }
}
