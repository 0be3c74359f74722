using StyleLab.Json;
using StyleLab.Networks;
using StyleLab.Pictures;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace StyleLab.Runs;

/// <summary>
/// Results of runs in a folder, one file each, named by the hash of the recipe. They are written whole or not at all, so a kill costs
/// only the run in progress. What cannot be read, or was made by other code, is made again and written in its place.
/// </summary>
/// <param name="folder">Where they lie.</param>
/// <param name="code">The code that makes them; <see cref="ComputingCode.Hash"/> if not given.</param>
internal sealed class ResultCache(string folder, string? code = null)
{
    /// <summary>
    /// Beside the notebook, which runs in its own folder: whoever moves or deletes the notebook finds its results there.
    /// </summary>
    public const string DefaultFolder = ".stylelab/runs";

    private const string Format = "stylelab-result-1", CodeKey = "code";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerOptions.Strict)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly string _code = code ?? ComputingCode.Hash;
    private bool _hasToldOfOtherCode;

    /// <summary>The result of a recipe, if it is there and whole, and this code made it.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="warn">Gets a sentence when there is a file that cannot be used; one for all that other code made.</param>
    public SynthesisResult? Find(Recipe recipe, Action<string> warn)
    {
        if (RecipeHash.Of(recipe) is not { } hash || PathOf(hash) is var path && !File.Exists(path))
            return null;
        try
        {
            using var stream = OrdinaryFile.Open(path, "a result");
            var file = WeightsFile.Open(stream, Quoted.Text(Path.GetFileName(path)));
            var (tensors, metadata) = (file.Read(_ => true), file.Metadata);
            if (metadata.GetValueOrDefault("format") != Format || metadata.GetValueOrDefault("hash") != hash)
                throw new InvalidDataException("it belongs to something else");
            if (metadata.GetValueOrDefault(CodeKey) != _code)
            {
                if (!_hasToldOfOtherCode)
                    warn($"Results in {folder} were made by another version of StyleLab; they are not used, but made again.");
                _hasToldOfOtherCode = true;
                return null;
            }
            var values = tensors["picture"];
            var size = recipe.Passes[^1].Size;
            var picture = StoredPicture.Read(values);
            if (new PictureSize(picture.Width, picture.Height) != size)
                throw new InvalidDataException("its picture has another size");
            if (metadata["values"] != CarriedPictures.HashOf(picture))
                throw new InvalidDataException("its picture is damaged");
            var about = JsonRecord.Read<About>(metadata["about"], s_json, "What it says of the run");
            return new(picture.WithText(Recipe.TextKeyword, metadata["recipe"]), recipe with { Engine = about.Engine }, about.History, about.Evaluations,
                TimeSpan.FromSeconds(about.Seconds), Interrupted: false, about.Warnings)
            {
                LossesAtEnd = about.AtEnd ?? about.History.LastOrDefault(losses => double.IsFinite(losses.Value)),
            };
        }
        catch (Exception e) when (e is StyleLabException or IOException or InvalidDataException or UnauthorizedAccessException
            or JsonException or ArgumentException or KeyNotFoundException or NotSupportedException or OverflowException)
        {
            warn($"{path} is not a result of this recipe that can be read, so it is made again: {e.Message}");
            return null;
        }
    }

    /// <summary>Keeps the result of a recipe, unless part of the recipe is code.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="result">Its result, not interrupted.</param>
    /// <param name="warn">Gets a sentence when it cannot be written: a result that cannot be kept is still a result.</param>
    public void Keep(Recipe recipe, SynthesisResult result, Action<string> warn)
    {
        if (result.Diverged || RecipeHash.Of(recipe) is not { } hash)
            return;
        try
        {
            MakeFolder();
            Write(hash, result);
        }
        catch (StyleLabException error)
        {
            warn(error.Message);
        }
    }

    private void Write(string hash, SynthesisResult result)
    {
        var picture = result.Picture;
        var metadata = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["hash"] = hash,
            [CodeKey] = _code,
            ["values"] = CarriedPictures.HashOf(picture),
            ["recipe"] = picture.Text[Recipe.TextKeyword],
            ["about"] = JsonSerializer.Serialize(new About(
                result.Recipe.Engine, result.History, result.Evaluations, result.Elapsed.TotalSeconds, result.Warnings, result.LossesAtEnd), s_json),
        };
        var tensor = KeyValuePair.Create("picture", StoredPicture.Write(picture));
        WholeFile.Write(PathOf(hash), file => Safetensors.Write(file, [tensor], metadata: metadata));
    }

    private string PathOf(string hash) => Path.Combine(folder, hash[..32] + ".safetensors");

    private void MakeFolder()
    {
        try
        {
            Directory.CreateDirectory(folder);
            // Results can be made again, so they are nothing to keep under version control.
            string ignore = Path.Combine(folder, ".gitignore");
            if (!File.Exists(ignore))
                WholeFile.Write(ignore, file => file.Write("*\n"u8), sync: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StyleLabException(
                $"The folder {folder} for results cannot be made, so they are not kept: {e.Message.TrimEnd('.')}; give another folder.", e);
        }
    }

    private sealed record About(
        string Engine, IReadOnlyList<LossValues> History, int Evaluations, double Seconds, IReadOnlyList<string> Warnings,
        LossValues? AtEnd = null);
}
