using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using StyleLab.Json;
using StyleLab.Pictures;
using StyleLab.Tensors.Engines;

namespace StyleLab.Runs;

/// <summary>How the parts of a recipe are written as JSON, and read.</summary>
internal static class RecipeJson
{
    private const string What = "The recipe";

    /// <summary>Options for writing.</summary>
    public static JsonSerializerOptions Writing { get; } = Options(new PictureConverter(new PictureFiles(null)));

    /// <summary>Options with a way of writing or reading pictures.</summary>
    public static JsonSerializerOptions Options(JsonConverter<Picture> pictures) => new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), pictures, new LayerPickConverter(), new FiniteNumberConverter() },
    };

    /// <summary>Reads a recipe and the pictures it names, which are opened only when all else is right.</summary>
    /// <param name="json">The text.</param>
    /// <param name="pictures">Finds its pictures.</param>
    /// <param name="objective">Takes the place of the objective that is written.</param>
    /// <param name="optimizer">Takes the place of the optimizer that is written.</param>
    /// <exception cref="StyleLabException">
    /// It is damaged or asks for too much, a picture is missing, part of it is code and not given, or what is given is something else.
    /// </exception>
    public static Recipe Read(string json, JsonConverter<Picture> pictures, Loss? objective = null, Optimizer? optimizer = null)
    {
        var node = Parse(json);
        var surveyed = Read(node, new PictureSurvey());
        if (objective is not null)
            RequireSame("objective", node["objective"], objective.Written);
        if (optimizer is not null)
        {
            // How many steps there are is the run's business, which may have gone on.
            optimizer = optimizer with { Steps = surveyed.Optimizer.Steps };
            RequireSame("optimizer", node["optimizer"], optimizer.Written);
        }
        if (objective is null && surveyed.Objective.IsCode)
            throw MustBeGiven("a loss", "objective", node["objective"]);
        if (optimizer is null && surveyed.Optimizer.IsCode)
            throw MustBeGiven("an optimizer", "optimizer", node["optimizer"]);
        if (objective is not null)
            node["objective"] = JsonSerializer.SerializeToNode<Loss>(new CodeLoss("given", null), Writing);
        var recipe = Read(node, pictures);
        return recipe with { Objective = objective ?? recipe.Objective, Optimizer = optimizer ?? recipe.Optimizer };
    }

    /// <summary>What a recipe needs, known without opening anything: its networks, and every picture that has a part in it.</summary>
    /// <exception cref="StyleLabException">It is damaged or asks for too much.</exception>
    public static (IReadOnlyList<NetworkRecipe> Networks, IReadOnlyList<PictureOrigin> Pictures) NeedsOf(string json)
    {
        var survey = new PictureSurvey();
        var recipe = Read(Parse(json), survey);
        return ([.. recipe.Objective.Picks.Select(pick => pick.On).OfType<NetworkRecipe>().Prepend(recipe.Network).Distinct()], [.. survey.Origins.SelectMany(origin => origin.WithReferences()).Distinct()]);
    }

    private static JsonObject Parse(string json) =>
        JsonRecord.Parse(json, What) as JsonObject ?? throw new StyleLabException($"{What} cannot be read: it is no JSON object.");

    private static Recipe Read(JsonObject node, JsonConverter<Picture> pictures)
    {
        var recipe = JsonRecord.Read<Recipe>(node, Options(pictures), What);
        RecipeBounds.Require(recipe, What);
        return recipe;
    }

    private static StyleLabException MustBeGiven(string part, string argument, JsonNode? written) => new(
        $"The recipe has {part} written as code, {RecipeDifference.Outline(written)}, so it cannot be made again from the file alone; "
        + $"run the notebook or program that made it, or give the code again: Recipe.FromJson(json, {argument}: …), SynthesisResult.Load(path, {argument}: …).");

    /// <summary>A look at whether the part that is given is the one that is written.</summary>
    private static void RequireSame<T>(string part, JsonNode? written, T given)
    {
        var node = JsonSerializer.SerializeToNode(given, RecipeDifference.Naming);
        if (RecipeDifference.Outline(written) is var expected && RecipeDifference.Outline(node) is var actual && expected != actual)
            throw new StyleLabException($"The {part} that is given is {actual}, that of the recipe {expected}; give the one that the run was made with.");
        if (RecipeDifference.Of(written, node, part) is { } difference)
            throw new StyleLabException($"The {part} that is given is another one than the run was made with: {difference.Place} is {difference.Second}, in the recipe {difference.First}.");
    }

    /// <summary>The engine's instruction set without the number of threads, which does not change the bits.</summary>
    public static string NameOf(IEngine engine) => engine.Name.Split(',')[0];

    /// <summary>A picture is written as where it came from, and read by going there.</summary>
    public sealed class PictureConverter(PictureFiles files) : JsonConverter<Picture>
    {
        public override bool HandleNull => true;

        public override Picture Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<PictureOrigin>(ref reader, options) is { } origin
                ? origin.Replay(files)
                : throw new StyleLabException(
                    "The recipe uses a picture that existed only in memory, so it cannot be made again from the file; run the notebook or program that made it.");

        public override void Write(Utf8JsonWriter writer, Picture value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Origin, options);
    }

    /// <summary>JSON has no infinity, and what is beyond all numbers would be read as one.</summary>
    private sealed class FiniteNumberConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.GetDouble() is var number && double.IsFinite(number) ? number : throw new JsonException("the number is too large");

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (!double.IsFinite(value))
                throw new StyleLabException("A setting of the run is infinite or not a number, which its recipe cannot hold: give a finite one.");
            writer.WriteNumberValue(value);
        }
    }

    private sealed class LayerPickConverter : JsonConverter<LayerPick>
    {
        public override LayerPick Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            string text = reader.GetString() ?? "";
            try
            {
                return LayerPick.Parse(text);
            }
            catch (StyleLabException error)
            {
                throw new JsonException(char.ToLowerInvariant(error.Message[0]) + error.Message[1..], error);
            }
        }

        public override void Write(Utf8JsonWriter writer, LayerPick value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
