using StyleLab.Runs;

namespace StyleLab;

public static partial class Experiments
{
    /// <summary>
    /// Style transfer over and over: the result of each round is the content of the next, and the styles take turns. What survives,
    /// what is lost and where it ends (Kerdreux and Thiry 2020, "Interactive Neural Style Transfer with Artists").
    /// </summary>
    /// <param name="network">The loss network.</param>
    /// <param name="picture">Where the drift begins.</param>
    /// <param name="styles">Take turns; one alone shows whether a style has a fixed point.</param>
    /// <param name="rounds">Transfers in all.</param>
    /// <param name="optimizer">For each round; L-BFGS with 100 steps if not given.</param>
    /// <param name="contentWeight">More holds on longer to the round before; the convention's own if not given, <see cref="ContentWeight"/> if balanced.</param>
    /// <param name="roundTo8Bit">True to round the picture to 256 levels between rounds, as saving and loading it would.</param>
    /// <param name="folder">Where finished rounds are kept, so that a drift goes on where it stopped; see <see cref="Sweep.Run"/>.</param>
    /// <param name="keep">False to keep nothing and compute everything.</param>
    /// <param name="styleWeight">More paints more like the styles; the convention's own if not given, <see cref="StyleWeight"/> if balanced.</param>
    /// <param name="convention">How content and style are scaled: weights from a paper need the paper's.</param>
    /// <exception cref="ArgumentException">There are no styles, or the number of rounds is negative.</exception>
    public static DriftRun StyleDrift(LossNetwork network, Picture picture, IReadOnlyList<Picture> styles, int rounds,
        Optimizer? optimizer = null, double? contentWeight = null, bool roundTo8Bit = false, string? folder = null, bool keep = true,
        double? styleWeight = null, Convention convention = Convention.Balanced)
    {
        optimizer ??= Optimizer.Lbfgs(100);
        return StyleDrift(picture, styles, rounds,
            (content, style) => StyleTransfer(network, content, [style], Start.Content(), optimizer, contentWeight, styleWeight, convention),
            roundTo8Bit, folder, keep);
    }

    /// <summary>A style drift whose transfers are made by a function, for settings of one's own.</summary>
    /// <param name="picture">Where the drift begins.</param>
    /// <param name="styles">Take turns.</param>
    /// <param name="rounds">Transfers in all.</param>
    /// <param name="transfer">From a content and a style picture to a run that has not begun.</param>
    /// <param name="roundTo8Bit">True to round the picture to 256 levels between rounds, as saving and loading it would.</param>
    /// <param name="folder">Where finished rounds are kept, so that a drift goes on where it stopped; see <see cref="Sweep.Run"/>.</param>
    /// <param name="keep">False to keep nothing and compute everything.</param>
    /// <exception cref="ArgumentException">There are no styles, or the number of rounds is negative.</exception>
    public static DriftRun StyleDrift(Picture picture, IReadOnlyList<Picture> styles, int rounds, Func<Picture, Picture, Synthesis> transfer,
        bool roundTo8Bit = false, string? folder = null, bool keep = true)
    {
        if (styles.Count == 0)
            throw new ArgumentException("A style drift needs at least one style picture.");
        if (rounds < 0)
            throw new ArgumentException($"A style drift takes 0 or more rounds, got {rounds}.");
        return new DriftRun(picture, rounds, roundTo8Bit, (content, round) => transfer(content, styles[round % styles.Count]),
            round => round % styles.Count, keep ? new ResultCache(folder ?? ResultCache.DefaultFolder) : null);
    }
}
