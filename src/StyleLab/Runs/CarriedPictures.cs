using System.Security.Cryptography;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using StyleLab.Pictures;

namespace StyleLab.Runs;

/// <summary>
/// A picture in the recipe of a file that can carry pictures: one from a file is written as where it came from, one made in code is
/// put among the carried ones and written as their hash.
/// </summary>
internal sealed class CarriedPictures(IDictionary<string, Picture> carried, PictureFiles files) : JsonConverter<Picture>
{
    /// <summary>The key of a picture that the file carries.</summary>
    public const string Carried = "carried";

    public override Picture Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty(Carried, out var hash))
            return hash.ValueKind == JsonValueKind.String && carried.TryGetValue(hash.GetString()!, out var picture)
                ? picture
                : throw new JsonException("a picture that the file should carry is missing");
        return json.Deserialize<PictureOrigin>(options)?.Replay(files) ?? throw new JsonException("a picture is missing");
    }

    public override void Write(Utf8JsonWriter writer, Picture value, JsonSerializerOptions options)
    {
        if (value.Origin is { } origin)
        {
            JsonSerializer.Serialize(writer, origin, options);
            return;
        }
        var hash = HashOf(value);
        carried[hash] = value;
        writer.WriteStartObject();
        writer.WriteString(Carried, hash);
        writer.WriteEndObject();
    }

    /// <summary>SHA-256 of size, values and alpha, 64 lower-case hexadecimal digits.</summary>
    public static string HashOf(Picture picture)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<int>([picture.Width, picture.Height]));
        hash.AppendData(MemoryMarshal.AsBytes(picture.Values.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(picture.Alpha.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
