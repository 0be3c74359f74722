using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using StyleLab.Tensors.Engines;

namespace StyleLab.Syntheses;

/// <summary>How the parts of a recipe are written as JSON.</summary>
internal static class RecipeJson
{
    private const string Code = "custom";

    /// <summary>Options for writing, and for reading with pictures looked for in <paramref name="folder"/> as well.</summary>
    public static JsonSerializerOptions Options(string? folder) => Options(new PictureConverter(folder));

    /// <summary>Options with another way of writing pictures.</summary>
    public static JsonSerializerOptions Options(JsonConverter<Picture> pictures) => new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), pictures, new LayerPickConverter() },
    };

    /// <summary>Reads a recipe; what is given takes the place of what is written.</summary>
    /// <exception cref="StyleLabException">Part of it is code and not given, or what is given is something else.</exception>
    public static Recipe Read(string json, JsonSerializerOptions options, Loss? objective = null, Optimizer? optimizer = null)
    {
        var node = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("it is no JSON object");
        if (objective is not null)
            Replace(node, "objective", JsonSerializer.SerializeToNode(objective.Written, options), JsonSerializer.SerializeToNode<Loss>(new CodeLoss("given", null), options)!);
        if (optimizer is not null)
            Replace(node, "optimizer", JsonSerializer.SerializeToNode(optimizer.Written, options), JsonSerializer.SerializeToNode<Optimizer>(new CodeOptimizer(0, "given", null), options)!);
        var recipe = node.Deserialize<Recipe>(options)!;
        recipe = recipe with { Objective = objective ?? recipe.Objective, Optimizer = optimizer ?? recipe.Optimizer };
        if (objective is null && recipe.Objective is { IsCode: true })
            throw MustBeGiven("a loss", "objective", node["objective"]);
        if (optimizer is null && recipe.Optimizer is { IsCode: true })
            throw MustBeGiven("an optimizer", "optimizer", node["optimizer"]);
        return recipe;
    }

    private static StyleLabException MustBeGiven(string part, string argument, JsonNode? written) => new(
        $"The recipe has {part} written as code, {Outline(written)}, so it cannot be made again from the file alone; "
        + $"run the notebook or program that made it, or give the code again: Recipe.FromJson(json, {argument}: …), SynthesisResult.Load(path, {argument}: …).");

    /// <summary>Puts something in the place of a part, after a look at whether the part that is given for it is of the same kind.</summary>
    private static void Replace(JsonObject recipe, string part, JsonNode? given, JsonNode stand)
    {
        string expected = Outline(recipe[part]), actual = Outline(given);
        if (expected != actual)
            throw new StyleLabException($"The {part} that is given is {actual}, that of the recipe {expected}; give the one that the run was made with.");
        recipe[part] = stand;
    }

    /// <summary>The kinds of a part and of all within, such as <c>sum(content, weighted(custom edges))</c>.</summary>
    private static string Outline(JsonNode? part)
    {
        if (part is not JsonObject node)
            return "nothing";
        string text = node["kind"]?.ToString() ?? "";
        if (text == Code)
            text += " " + node["name"]?.ToString();
        var inner = node["terms"] is JsonArray terms ? terms.Select(Outline) : node["loss"] is { } loss ? [Outline(loss)] : [];
        return inner.Any() ? $"{text}({string.Join(", ", inner)})" : text;
    }

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
}
