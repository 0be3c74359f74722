using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using StyleLab.Json;

namespace StyleLab.Runs;

/// <summary>Reads a recipe without its pictures: notes where they come from, and puts a single pixel in their place.</summary>
internal sealed class PictureSurvey : JsonConverter<Picture>
{
    private static readonly Picture s_pixel = new(1, 1);

    private readonly List<PictureOrigin> _origins = [];

    /// <summary>The origins met so far.</summary>
    public IReadOnlyList<PictureOrigin> Origins => _origins;

    public override bool HandleNull => true;

    public override Picture Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var json = JsonNode.Parse(ref reader);
        // Made in code: written as nothing, or carried by the file and named by its hash.
        if (json is not null && (json as JsonObject)?.ContainsKey(CarriedPictures.Carried) != true)
            _origins.Add(JsonRecord.TryRead<PictureOrigin>(json, options, out string fault) ?? throw new JsonException(fault));
        return s_pixel;
    }

    public override void Write(Utf8JsonWriter writer, Picture value, JsonSerializerOptions options) =>
        throw new NotSupportedException("A survey is not written.");
}
