using System.Collections;
using System.Globalization;
using StyleLab.Animations;
using StyleLab.Figures;

namespace StyleLab;

/// <summary>
/// Pictures shown one after the other: <c>new Animation { { first, 1.0 }, second, third }</c>. Shown in a notebook, and saved, as an
/// animated GIF. All are shown as large as the largest, since a run paints small pictures first.
/// </summary>
[TypeFormatterSource(typeof(AnimationFormatters), PreferredMimeTypes = ["image/gif"])]
public sealed partial class Animation : IEnumerable<AnimationFrame>
{
    private readonly List<AnimationFrame> _frames = [];

    /// <summary>An animation without frames yet.</summary>
    public Animation() { }

    /// <summary>An animation of pictures that are shown equally long.</summary>
    /// <param name="pictures">Pictures of one shape; smaller ones are enlarged when they are shown.</param>
    /// <param name="seconds">How long each is shown, 0.02 to 600.</param>
    /// <exception cref="StyleLabException">The shapes differ, or the time is out of range.</exception>
    public Animation(IEnumerable<Picture> pictures, double seconds = 0.1)
    {
        foreach (var picture in pictures)
            Add(picture, seconds);
    }

    /// <summary>The frames in the order in which they are shown, each of the size that it was given in.</summary>
    public IReadOnlyList<AnimationFrame> Frames => _frames;

    /// <summary>How a GIF shows colours that are not among its 255. A film has no need of it.</summary>
    public Dithering Dithering { get; set; } = Dithering.FloydSteinberg;

    /// <summary>How often a GIF is played, 1 to 65535; 0 is without end.</summary>
    /// <exception cref="StyleLabException">The number is out of range.</exception>
    public int Plays
    {
        get;
        set => field = value is >= 0 and <= 65535
            ? value
            : throw new StyleLabException($"An animation is played 1 to 65535 times, or 0 for without end, not {value} times.");
    }

    /// <summary>The time for one play, in seconds.</summary>
    public double Seconds => _frames.Sum(frame => frame.Seconds);

    /// <summary>Adds a picture at the end.</summary>
    /// <param name="picture">
    /// Of the shape of those before; the smaller ones are enlarged when they are shown, and values outside 0..1 are clamped.
    /// </param>
    /// <param name="seconds">How long it is shown, 0.02 (browsers slow down anything shorter) to 600.</param>
    /// <exception cref="StyleLabException">The shape differs, or the time is out of range.</exception>
    public void Add(Picture picture, double seconds = 0.1)
    {
        if (!(seconds is >= 0.02 and <= 600))
            throw new StyleLabException(string.Create(CultureInfo.InvariantCulture,
                $"A frame of an animation is shown for 0.02 to 600 seconds, not {seconds}."));
        if (_frames.Count > 0 && !HasShapeOf(picture))
            throw new StyleLabException(
                $"All pictures of an animation have one shape: it began with {Size.Width}×{Size.Height} and this one is " +
                $"{picture.Width}×{picture.Height}; crop or resize it first.");
        _frames.Add(new(picture, seconds));
        if ((long)picture.Width * picture.Height > (long)Size.Width * Size.Height)
            Size = (picture.Width, picture.Height);
    }

    /// <summary>The animation as the bytes of a GIF file.</summary>
    /// <exception cref="StyleLabException">There is no frame yet, or a side is longer than 65535 pixels.</exception>
    public byte[] EncodeGif()
    {
        RequireFrames();
        return GifWriter.Write(this);
    }

    /// <summary>
    /// Saves the animation as .gif, or as a film, .mp4, when the program ffmpeg is installed. The file appears complete or not at all.
    /// </summary>
    /// <exception cref="StyleLabException">
    /// The ending is another one, there is no frame yet, ffmpeg is missing or fails, or the file cannot be written.
    /// </exception>
    public void Save(string path)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".gif":
                WholeFile.Write(path, file => file.Write(EncodeGif()));
                break;
            case ".mp4":
                RequireFrames();
                Film.Save(this, path);
                break;
            default:
                throw new StyleLabException($"\"{path}\" does not say how to save an animation: end the name in .gif or .mp4.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _frames.Count == 0
        ? "animation without frames"
        : string.Create(CultureInfo.InvariantCulture,
            $"animation {Size.Width}×{Size.Height}, {_frames.Count} frame{(_frames.Count == 1 ? "" : "s")}, {Seconds:0.##} s");

    /// <summary>The size in which every frame is shown: that of the largest.</summary>
    internal (int Width, int Height) Size { get; private set; }

    /// <summary>A frame as it is shown.</summary>
    internal Picture Shown(AnimationFrame frame) => frame.Picture.ResizeIfNeeded(Size.Width, Size.Height);

    /// <inheritdoc/>
    public IEnumerator<AnimationFrame> GetEnumerator() => _frames.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>True if the larger is the smaller enlarged, give or take a pixel of the smaller for rounding.</summary>
    private bool HasShapeOf(Picture picture)
    {
        var (small, large) = (Size, (picture.Width, picture.Height));
        if ((long)small.Width * small.Height > (long)large.Width * large.Height)
            (small, large) = (large, small);
        // By the long side, where rounding does least.
        bool isWide = small.Width >= small.Height;
        double scale = isWide ? (double)large.Width / small.Width : (double)large.Height / small.Height;
        return Math.Abs(scale * (isWide ? small.Height : small.Width) - (isWide ? large.Height : large.Width)) < scale;
    }

    private void RequireFrames()
    {
        if (_frames.Count == 0)
            throw new StyleLabException("The animation has no frames: add at least one picture.");
    }
}
