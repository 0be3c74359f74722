using StyleLab.Runs;
using StyleLab.Tensors.Engines;

namespace StyleLab;

/// <summary>From a loss network to a run: <c>await network.Synthesize(objective)</c>.</summary>
public static class LossNetworkExtensions
{
    private const int DefaultMargin = 8;

    /// <summary>A run that minimises <paramref name="objective"/>; it begins when it is awaited.</summary>
    /// <param name="network">The loss network.</param>
    /// <param name="objective">A sum of losses.</param>
    /// <param name="start">Noise of seed 1 if not given.</param>
    /// <param name="optimizer">L-BFGS with 300 steps if not given.</param>
    /// <param name="size">Size of the result; that of the first content picture if not given, else of the start or style picture.</param>
    /// <param name="sizes">Long sides from coarse to fine; halved down to 64 if not given. One entry: no coarse-to-fine.</param>
    /// <param name="margin">
    /// Pixels around the picture that are made as well and cut off: what a network does at the edge of its input, where
    /// half of each filter sees nothing new, falls there instead of leaving a rim. 0 for losses that need the exact size.
    /// </param>
    /// <param name="keepColors">True to give the result the colours of the content picture.</param>
    /// <param name="engine">Where to compute; all cores of this machine if not given.</param>
    /// <param name="tileable">
    /// True to make a picture that can be laid side by side without seams: what is beyond an edge comes from the opposite one,
    /// <paramref name="margin"/> pixels deep.
    /// </param>
    /// <param name="colorsOf">A picture whose colours the result gets at its end, as by <see cref="Picture.MatchColors"/>.</param>
    /// <exception cref="StyleLabException">A layer does not exist, or nothing says how large the result is to be.</exception>
    public static Synthesis Synthesize(this LossNetwork network, Loss objective, Start? start = null, Optimizer? optimizer = null, PictureSize? size = null,
        IReadOnlyList<int>? sizes = null, int margin = DefaultMargin, bool keepColors = false, IEngine? engine = null,
        bool tileable = false, Picture? colorsOf = null)
    {
        foreach (var pick in objective.Picks)
            pick.Resolve(network);
        if (margin < 0)
            throw new ArgumentException($"The margin must not be negative, got {margin}.");
        start ??= Start.Noise();
        optimizer ??= Optimizer.Lbfgs();
        engine ??= Engine.Default;
        var final = size ?? SizeOf(objective.ContentPictures.FirstOrDefault() ?? (start as PictureStart)?.Picture
            ?? objective.StylePictures.FirstOrDefault()
            ?? throw new StyleLabException("Nothing says how large the result is to be: give a size, a content picture or a start picture."));
        if (sizes is not null)
            final = final.Fit(sizes[^1]);
        var passes = sizes is null
            ? Schedule.CoarseToFine(final, optimizer.Steps)
            : Schedule.Of(final, optimizer.Steps, sizes);
        var recipe = new Recipe(network.Recipe, objective, start, optimizer, passes, margin, keepColors, RecipeJson.NameOf(engine))
        {
            Tileable = tileable, Grey = true, ColorsOf = colorsOf,
        };
        return new Synthesis(recipe, network, engine);
    }

    private static PictureSize SizeOf(Picture picture) => new(picture.Width, picture.Height);
}
