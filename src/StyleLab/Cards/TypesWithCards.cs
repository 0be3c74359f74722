using StyleLab.Cards;
using StyleLab.Figures;

namespace StyleLab;

// Which types have a card in a notebook, and which forms of it; they themselves know nothing of cards.

[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/html"])]
public sealed partial class FeatureMaps;

[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/html"])]
public abstract partial record Loss;

[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/plain"])]
public abstract partial record Optimizer;

[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/html"])]
public abstract partial record Start;

[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/html"])]
public sealed partial record Recipe
{
    /// <summary>What the card of a notebook says, as text.</summary>
    public override string ToString() => RecipeCard.ToText(this);
}

[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/html"], OptionalMimeTypes = ["image/jpeg"])]
public sealed partial class SynthesisStep;

[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/html", "image/jpeg"])]
public sealed partial record SynthesisResult
{
    /// <summary>What the card of a notebook says, as text.</summary>
    public override string ToString() => ResultCard.ToText(this);
}

[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/plain"])]
public sealed partial class Sweep;

[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/html"], OptionalMimeTypes = ["image/jpeg"])]
public sealed partial record SweepCell;

[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/html"], OptionalMimeTypes = ["image/jpeg"])]
public sealed partial record SweepResult
{
    /// <summary>The numbers of each cell in a table.</summary>
    public override string ToString() => SweepCard.ToText(this);
}

[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/html"])]
public sealed partial class SweepTable;

[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/html", "image/jpeg"])]
public sealed partial record DriftRound;

[TypeFormatterSource(typeof(CardFormatters), PreferredMimeTypes = ["text/html"], OptionalMimeTypes = ["image/jpeg"])]
public sealed partial record DriftResult
{
    /// <summary>The numbers of each round in a table.</summary>
    public override string ToString() => DriftCard.ToText(this);
}
