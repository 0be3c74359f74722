using StyleLab.Figures;

namespace StyleLab.Animations;

/// <summary>An animation in a notebook.</summary>
internal sealed class AnimationFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter<Animation>("image/gif",
            animation => animation.Frames.Count == 0 ? null : Convert.ToBase64String(animation.EncodeGif())),
        new MimeFormatter<Animation>("text/plain", animation => animation.ToString()),
    ];
}
