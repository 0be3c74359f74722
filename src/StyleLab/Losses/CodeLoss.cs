using System.Text.Json.Serialization;

namespace StyleLab;

/// <summary>Stands in a recipe's JSON for a loss that is code, which cannot be written; it is given again when the recipe is read.</summary>
/// <param name="Name">Name of the loss.</param>
/// <param name="Settings">Its settings as text, to be read by people.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CodeLoss(string Name, string? Settings) : Loss
{
    internal override bool IsCode => true;

    public override LossTerm Build(LossContext context) => throw new StyleLabException(
        $"The loss '{Name}' is code, which a recipe only names; give the objective again when the recipe is read, Recipe.FromJson(json, objective: …).");
}
