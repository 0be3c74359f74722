using System.Text.Json.Serialization;

namespace StyleLab;

/// <summary>Stands in a recipe's JSON for an optimizer that is code, which cannot be written; it is given again when the recipe is read.</summary>
/// <param name="Steps">Steps over all sizes.</param>
/// <param name="Name">Name of the optimizer.</param>
/// <param name="Settings">Its settings as text, to be read by people.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CodeOptimizer(int Steps, string Name, string? Settings) : Optimizer(Steps)
{
    internal override bool IsCode => true;

    public override bool Step(OptimizerStep step) => throw new StyleLabException(
        $"The optimizer '{Name}' is code, which a recipe only names; give it again when the recipe is read, Recipe.FromJson(json, optimizer: …).");
}
