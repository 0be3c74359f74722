using StyleLab.Figures;

namespace StyleLab.Cards;

/// <summary>An objective as it is read: the terms with their weights, and what each looks at.</summary>
/// <param name="Weight">The factor before the term.</param>
/// <param name="Name">What the term is.</param>
/// <param name="Notes">Layers, convention and other settings that are not usual.</param>
/// <param name="Pictures">What it compares with, each with the part it plays if there are several.</param>
/// <param name="Terms">The terms of a sum.</param>
internal sealed record LossOutline(
    double Weight, string Name, IReadOnlyList<string> Notes, IReadOnlyList<(string Role, Picture Picture)> Pictures, IReadOnlyList<LossOutline> Terms)
{
    private const int ThumbnailBox = 56, ThumbnailBytes = 2500, MostPictures = 24;

    public static LossOutline Of(Loss loss) => loss switch
    {
        WeightedLoss weighted => Of(weighted.Loss) is var inner ? inner with { Weight = weighted.Weight * inner.Weight } : inner,
        AnnealedLoss annealed => Of(annealed.Loss) is var inner ? inner with { Notes = [.. inner.Notes, "annealed"] } : inner,
        SumLoss sum => new(1, "sum", [], [], [.. sum.Terms.Select(Of)]),
        ContentLoss content => Term(content.NameOf("content"), [LayersOf(content.Layers, content), .. NoteOf(content.Convention)],
            [("", content.Picture), ("guide", content.Guide)]),
        StyleLoss style => Term(style.NameOf("style"),
            [LayersOf(style.Layers, style), .. NoteOf(style.Convention), .. style.LayerWeights is { } weights ? [$"layer weights {string.Join(", ", weights.Select(w => CardText.Number(w)))}"] : Array.Empty<string>()],
            [("", style.Picture), ("guide", style.Guide), ("style guide", style.StyleGuide)]),
        StyleAnalogyLoss analogy => Term(analogy.NameOf("style analogy"), [LayersOf(analogy.Layers, analogy)],
            [("of", analogy.Of), ("from", analogy.From), ("to", analogy.To), ("guide", analogy.Guide), ("example guide", analogy.ExampleGuide)]),
        LowResolutionLoss low => Term("low resolution", [], [("", low.Picture)]),
        EnlargementLoss enlargement => Term("enlargement", [], [("", enlargement.Picture)]),
        TotalVariationLoss variation => Term("total variation", [], [("guide", variation.Guide)]),
        RangeLoss => Term("range", [], []),
        CustomLoss custom => Term(custom.Name, [LayersOf(custom.Layers, custom), "code"], [("", custom.Picture)]),
        CodeLoss code => Term(code.Name, ["code", .. code.Settings is { } settings ? [settings] : Array.Empty<string>()], []),
        _ => Term(loss.GetType().Name, [.. loss.LayerPicks.Select(pick => LayersOf(pick))],
            [.. loss.ContentPictures.Concat(loss.StylePictures).Select(picture => ("", (Picture?)picture))]),
    };

    /// <summary>The terms of an objective: one, if it is no sum.</summary>
    public IReadOnlyList<LossOutline> TopTerms => Terms.Count > 0 && Weight == 1 ? Terms : [this];

    /// <summary>The tree, one line a term.</summary>
    public string ToText() => CardText.Table([], 4, [.. AllRows.Select(row => (IReadOnlyList<string>)
    [
        new string(' ', 2 * row.Depth) + $"{CardText.Number(row.Term.Weight)} × {row.Term.Name}", string.Join("; ", row.Term.Notes),
        string.Join(", ", row.Term.Pictures.Select(Named)),
    ])]);

    /// <summary>The tree as rows with small pictures.</summary>
    public string ToHtml()
    {
        int pictures = 0;
        return CardHtml.Table(["weight", "term", "looks at", "compared with"], 4, AllRows.Select(row => (IReadOnlyList<string>)
        [
            $"<span style=\"padding-left:{row.Depth}em\">{CardText.Number(row.Term.Weight)} ×</span>", CardHtml.Text(row.Term.Name),
            CardHtml.Text(string.Join("; ", row.Term.Notes)), string.Concat(row.Term.Pictures.Select(Shown)),
        ]));

        string Shown((string Role, Picture Picture) picture) =>
            "<span style=\"display:inline-flex;gap:6px;align-items:center;margin-right:12px\">"
            + (pictures++ < MostPictures ? PictureHtml.Image(picture.Picture, CardText.NameOf(picture.Picture), ThumbnailBox, 2 * ThumbnailBox, ThumbnailBytes) : "")
            + $"<span>{CardHtml.Text(Named(picture))}</span></span>";
    }

    private static string Named((string Role, Picture Picture) picture) =>
        (picture.Role.Length > 0 ? picture.Role + ": " : "") + CardText.NameOf(picture.Picture);

    private IEnumerable<(LossOutline Term, int Depth)> AllRows => TopTerms.SelectMany(term => Rows(term, 0));

    private static IEnumerable<(LossOutline Term, int Depth)> Rows(LossOutline term, int depth) =>
        term.Terms.SelectMany(inner => Rows(inner, depth + 1)).Prepend((term, depth));

    private static LossOutline Term(string name, IReadOnlyList<string> notes, IReadOnlyList<(string Role, Picture? Picture)> pictures) =>
        new(1, name, notes, [.. pictures.Where(p => p.Picture is not null).Select(p => (p.Role, p.Picture!))], []);

    private static string LayersOf(LayerPick pick, LayerLoss? loss = null) => (pick.Text is LayerPick.ContentLayers or LayerPick.StyleLayers ? pick.Text + " layers" : pick.Text)
        + (loss?.On is { } network ? $" of {network.Name}" : "");

    private static IEnumerable<string> NoteOf(Convention convention) =>
        convention == Convention.Balanced ? [] : [$"convention {convention}"];
}
