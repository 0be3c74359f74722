using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using StyleLab.Tensors.Engines;

namespace StyleLab.Syntheses;

/// <summary>How the parts of a recipe are written as JSON.</summary>
internal static class RecipeJson
{
    /// <summary>Options for writing, and for reading with pictures looked for in <paramref name="folder"/> as well.</summary>
    public static JsonSerializerOptions Options(string? folder) => Options(new PictureConverter(folder));

    /// <summary>Options with another way of writing pictures.</summary>
    public static JsonSerializerOptions Options(JsonConverter<Picture> pictures) => new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), pictures, new LayerPickConverter(), new CustomLossConverter() },
    };

    /// <summary>The engine's instruction set without the number of threads, which does not change the bits.</summary>
    public static string NameOf(IEngine engine) => engine.Name.Split(',')[0];

    /// <summary>A picture is written as where it came from, and read by going there.</summary>
    private sealed class PictureConverter(string? folder) : JsonConverter<Picture>
    {
        public override bool HandleNull => true;

        public override Picture Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<PictureOrigin>(ref reader, options) is { } origin
                ? origin.Replay(folder)
                : throw new StyleLabException(
                    "The recipe uses a picture that existed only in memory, so it cannot be made again from the file; run the notebook or program that made it.");

        public override void Write(Utf8JsonWriter writer, Picture value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Origin, options);
    }

    private sealed class LayerPickConverter : JsonConverter<LayerPick>
    {
        public override LayerPick Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            LayerPick.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, LayerPick value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    /// <summary>The function of a custom loss is code: its name is written, and reading it back is refused.</summary>
    private sealed class CustomLossConverter : JsonConverter<Func<Tensors.Tensor, Tensors.Tensor>>
    {
        public override Func<Tensors.Tensor, Tensors.Tensor> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new StyleLabException(
                "The recipe has a loss written as code, so it cannot be made again from the file; run the notebook or program that made it.");

        public override void Write(Utf8JsonWriter writer, Func<Tensors.Tensor, Tensors.Tensor> value, JsonSerializerOptions options) =>
            writer.WriteStringValue("code");
    }
}
