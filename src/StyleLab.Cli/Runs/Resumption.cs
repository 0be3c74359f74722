using StyleLab.Cli.Parsing;
using System.Text.Json;
using StyleLab.Runs;

namespace StyleLab.Cli.Runs;

/// <summary>Takes up a run from the file that an interrupted command, --save-every or <see cref="SynthesisResult.Save"/> left.</summary>
internal static class Resumption
{
    /// <summary>
    /// What can differ between two recipes, and how it is put from one into the other. The size first: pictures are brought to it, and give it its aspect.
    /// </summary>
    private static readonly (string Name, Func<Recipe, Recipe, Recipe> Put)[] s_parts =
    [
        ("size", (to, from) => to.Passes[^1].Size.LongSide == from.Passes[^1].Size.LongSide ? to : to with { Passes = from.Passes }),
        ("loss network", (to, from) => to with { Network = from.Network }),
        ("pictures, layers or weights", (to, from) => to with { Objective = from.Objective }),
        ("start", (to, from) => to with { Start = from.Start }),
        ("optimizer or learning rate", (to, from) => to with { Optimizer = from.Optimizer with { Steps = to.Optimizer.Steps } }),
        ("sizes", (to, from) => to.Passes.Select(p => p.Size).SequenceEqual(from.Passes.Select(p => p.Size)) ? to : to with { Passes = from.Passes }),
        ("colours", (to, from) => to with { KeepColors = from.KeepColors, ColorsOf = from.ColorsOf }),
        ("edges", (to, from) => to with { Margin = from.Margin, Tileable = from.Tileable }),
    ];

    /// <summary>The run that goes on from a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="steps">Steps in all; as many as the run was begun with if null.</param>
    /// <param name="described">The run that the rest of the call describes, if it does; it must be the same.</param>
    /// <param name="verb">The verb of the call.</param>
    /// <exception cref="WrongCallException">There is no such file, or it does not go with the rest of the call.</exception>
    /// <exception cref="StyleLabException">It is not a run that was saved, or a picture it needs is missing.</exception>
    public static Synthesis Of(string file, int? steps, Synthesis? described, string verb)
    {
        if (!File.Exists(file))
            throw new WrongCallException($"{file} does not exist (looked for {Path.GetFullPath(file)}): --resume takes the file that an interrupted run left.");
        var result = Load(file);
        if (VerbOf(result.Recipe.Objective) is { } made && made != verb)
            throw new WrongCallException($"{file} is a run of another kind than {verb} makes: go on with `stylelab {made} --resume {file}`.");
        if (described is not null && Difference(described.Recipe, result.Recipe) is { } what)
            throw new WrongCallException(
                $"{file} was begun with other {what} than this call says: give --resume alone, or all that the run was begun with.");
        int before = result.Recipe.Passes.Sum(pass => pass.Steps), more = (steps ?? before) - before;
        if (more < 0)
            throw new WrongCallException($"--steps {steps} is less than the {before} steps of the run in {file}: give at least as many.");
        if (more == 0 && !result.Interrupted)
            throw new WrongCallException($"{file} has taken all its {before} steps: say how many it is to have in all, such as --steps {before + 100}.");
        return result.Continue(more);
    }

    /// <summary>The run that goes on from what an earlier call left of the same run; null if there is no such thing.</summary>
    public static Synthesis? TryOf(string file, Synthesis described)
    {
        try
        {
            return File.Exists(file) && Load(file) is { Interrupted: true } result && Difference(described.Recipe, result.Recipe) is null
                && described.Steps == result.Recipe.Passes.Sum(pass => pass.Steps) ? result.Continue() : null;
        }
        catch (StyleLabException)
        {
            // Damaged, or of pictures that are gone: the run is made from its beginning.
            return null;
        }
    }

    private static SynthesisResult Load(string file)
    {
        try
        {
            return SynthesisResult.Load(file, Path.GetDirectoryName(Path.GetFullPath(file)));
        }
        catch (StyleLabException error)
        {
            throw new StyleLabException($"--resume cannot go on from {file}: {error.Message}", error);
        }
    }

    /// <summary>What differs, and how; null if nothing does.</summary>
    private static string? Difference(Recipe wanted, Recipe there)
    {
        string? hash = RecipeHash.Of(there);
        if (s_parts.FirstOrDefault(part => RecipeHash.Of(part.Put(there, wanted)) != hash) is not { Name: { } name, Put: { } put })
            return null;
        var changed = JsonSerializer.SerializeToNode(put(there, wanted), RecipeDifference.Naming);
        return RecipeDifference.Of(JsonSerializer.SerializeToNode(there, RecipeDifference.Naming), changed, "") is { } difference
            ? $"{name} ({difference.Place} was {difference.First} and is {difference.Second})" : name;
    }

    /// <summary>The verb that makes such runs; null if it may be any.</summary>
    private static string? VerbOf(Loss objective)
    {
        var terms = objective.WeightedTerms().Select(term => term.Loss).ToList();
        bool hasContent = terms.Any(term => term is ContentLoss), hasStyle = terms.Any(term => term is StyleLoss);
        return terms.Any(term => term is LowResolutionLoss) ? "enlarge"
            : hasContent && hasStyle ? "transfer" : hasContent ? "reconstruct" : hasStyle ? "texture" : null;
    }
}
