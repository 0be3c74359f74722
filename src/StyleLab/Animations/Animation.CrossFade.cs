using System.Globalization;

namespace StyleLab;

public sealed partial class Animation
{
    /// <summary>Each picture stands for a while and then fades into the next.</summary>
    /// <param name="pictures">At least one, of one shape; smaller ones are enlarged to the largest.</param>
    /// <param name="hold">Seconds that each picture stands, 0.02 to 600.</param>
    /// <param name="fade">Seconds from one picture to the next, 0 (a cut) to 600.</param>
    /// <param name="framesPerSecond">Frames per second of a fade, 1 to 50.</param>
    /// <param name="closed">Whether the last picture fades back into the first, for an animation without end.</param>
    /// <exception cref="StyleLabException">A number is out of range, or the shapes differ.</exception>
    public static Animation CrossFade(
        IReadOnlyList<Picture> pictures, double hold = 1, double fade = 0.6, int framesPerSecond = 12, bool closed = true)
    {
        if (pictures.Count == 0)
            throw new StyleLabException("A cross-fade needs at least one picture.");
        if (!(fade is >= 0 and <= 600))
            throw new StyleLabException(string.Create(CultureInfo.InvariantCulture,
                $"A fade takes 0 to 600 seconds, not {fade}."));
        if (framesPerSecond is < 1 or > 50)
            throw new StyleLabException($"A fade has 1 to 50 frames per second, not {framesPerSecond}.");
        // Of one size, so that they can be mixed; whether that is allowed is for the animation to say.
        var size = new Animation(pictures).Size;
        pictures = [.. pictures.Select(picture => picture.ResizeIfNeeded(size.Width, size.Height))];
        var animation = new Animation();
        int between = (int)Math.Round(fade * framesPerSecond);
        for (int i = 0; i < pictures.Count; i++)
        {
            animation.Add(pictures[i], hold);
            if (pictures.Count == 1 || (i == pictures.Count - 1 && !closed))
                break;
            var next = pictures[(i + 1) % pictures.Count];
            for (int step = 1; step <= between; step++)
                animation.Add(Mix(pictures[i], next, step / (between + 1f)), fade / between);
        }
        return animation;
    }

    private static Picture Mix(Picture from, Picture to, float share)
    {
        var mixed = new float[from.Values.Length];
        for (int i = 0; i < mixed.Length; i++)
            mixed[i] = from.Values[i] + (to.Values[i] - from.Values[i]) * share;
        return new Picture(from.Width, from.Height, mixed);
    }
}
