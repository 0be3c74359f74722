namespace StyleLab.Cards;

/// <summary>The layers that a picture passes, with their sizes; nothing is computed for it.</summary>
internal static class FeatureMapsCard
{
    public static string ToHtml(FeatureMaps maps) =>
        CardHtml.Card("Feature maps", Facts(maps), CardHtml.Table(["layer", "channels", "height", "width"], 1, maps.Sizes().Select(Row)));

    public static string ToText(FeatureMaps maps) =>
        $"Feature maps · {Facts(maps)}\n{CardText.Table(["layer", "channels", "height", "width"], 1, [.. maps.Sizes().Select(Row)])}";

    private static string Facts(FeatureMaps maps) => $"{maps.NetworkName} on {maps.Picture.Shape.Width}×{maps.Picture.Shape.Height} pixels";

    private static IReadOnlyList<string> Row((string Layer, Tensors.Shape Shape) map) =>
        [map.Layer, map.Shape.Channels.ToString(), map.Shape.Height.ToString(), map.Shape.Width.ToString()];
}
