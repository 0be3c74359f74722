using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace StyleLab.Runs;

/// <summary>
/// A name for what a recipe makes: equal for equal settings, pictures and networks, wherever their files lie and whatever
/// engine computes it.
/// </summary>
internal static class RecipeHash
{
    private static readonly JsonSerializerOptions s_options = RecipeJson.Options(new PictureFingerprint());

    /// <summary>64 hexadecimal digits; null if part of the recipe is code, which cannot be compared.</summary>
    public static string? Of(Recipe recipe)
    {
        if (recipe.Objective.IsCode || recipe.Optimizer.IsCode)
            return null;
        var named = recipe with
        {
            Engine = "", Network = recipe.Network with { Name = "" }, Objective = recipe.Objective.WithNetworks(other => other with { Name = "" }),
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(named, s_options))));
    }

    /// <summary>
    /// A picture from a file is the file's contents and what was done to them; one made in code, or with the help of another file, whose
    /// place would be told as well, is its values.
    /// </summary>
    private sealed class PictureFingerprint : JsonConverter<Picture>
    {
        public override Picture Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("A fingerprint is not a picture.");

        public override void Write(Utf8JsonWriter writer, Picture value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Origin is { HasReference: false } origin
                ? $"{origin.Sha256} {string.Join("; ", origin.Operations)}"
                : CarriedPictures.HashOf(value));
    }
}
