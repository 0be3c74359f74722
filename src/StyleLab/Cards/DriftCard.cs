using StyleLab.Figures;

namespace StyleLab.Cards;

/// <summary>The pictures of a style drift one after the other, and a row of numbers for each round.</summary>
internal static class DriftCard
{
    private const int Box = 140, LargestBytes = 12 * 1024, SmallestBytes = 1500, AllBytes = 110 * 1024, MostRounds = 80;

    private static readonly string[] s_header = ["round", "style", "loss", "time"];

    public static string ToHtml(DriftResult drift)
    {
        var rounds = drift.Rounds.Take(MostRounds).ToList();
        int bytes = Math.Clamp(AllBytes / (rounds.Count + 1), SmallestBytes, LargestBytes);
        int left = drift.Rounds.Count - rounds.Count;
        return CardHtml.Card("Style drift", Facts(drift),
            CardHtml.Sheet([(Shown(drift.Start, "start"), "start"), .. rounds.Select(round => (Shown(round.Picture, $"round {round.Index}"), $"round {round.Index}"))]),
            left > 0 ? $"<div style=\"opacity:.75\">… {CardText.Count(left, "more round")}; ContactSheet() shows all</div>" : "",
            CardHtml.Table(s_header, 2, rounds.Select(round => Row(round).Select(CardHtml.Text).ToList())), CardHtml.FoldedWarnings(drift.Warnings));

        string Shown(Picture picture, string name) => PictureHtml.Image(picture, name, Box, 2 * Box, bytes);
    }

    public static string ToText(DriftResult drift) => string.Join('\n',
    [
        $"Style drift · {Facts(drift)}", CardText.Table(s_header, 2, [.. drift.Rounds.Take(MostRounds).Select(Row)]),
        .. drift.Rounds.Count > MostRounds ? [$"… {drift.Rounds.Count - MostRounds} more"] : Array.Empty<string>(),
        .. drift.Warnings.Select(warning => "! " + warning),
    ]);

    private static string Facts(DriftResult drift) =>
        $"{CardText.Count(drift.Rounds.Count, "round")} · {ProgressView.Duration(TimeSpan.FromSeconds(drift.Rounds.Sum(round => round.Result.Elapsed.TotalSeconds)))}"
        + (drift.Interrupted ? " · interrupted" : "");

    private static IReadOnlyList<string> Row(DriftRound round) =>
    [
        round.Index.ToString(), round.Result.Recipe.Objective.StylePictures.FirstOrDefault() is { } style ? CardText.NameOf(style) : round.Style.ToString(),
        CardText.Number(round.Result.LossesAtEnd?.Value), round.FromCache ? "kept" : ProgressView.Duration(round.Result.Elapsed),
    ];
}
