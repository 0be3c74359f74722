using System.Globalization;
using System.Net;
using StyleLab.Figures;

namespace StyleLab;

/// <summary>
/// Two pictures one over the other with a line between them that is moved with the pointer or the arrow keys. Needs no
/// network; printed, and saved as SVG or PNG, the two stand side by side.
/// </summary>
[TypeFormatterSource(typeof(BeforeAfterFormatters), PreferredMimeTypes = ["text/html", "image/jpeg"])]
public sealed class BeforeAfter : Figure
{
    private const int LongestSide = 640;

    private readonly Picture _before, _after;
    private readonly string _beforeLabel, _afterLabel;

    /// <summary>Makes a comparison.</summary>
    /// <param name="before">Shown left of the line.</param>
    /// <param name="after">Shown right of the line; of the same proportions.</param>
    /// <param name="beforeLabel">What the left picture is called.</param>
    /// <param name="afterLabel">What the right picture is called.</param>
    /// <exception cref="StyleLabException">The pictures have different proportions.</exception>
    public BeforeAfter(Picture before, Picture after, string beforeLabel = "before", string afterLabel = "after")
    {
        double stretch = (double)before.Width * after.Height / ((double)before.Height * after.Width);
        if (stretch is < 0.97 or > 1.03)
            throw new StyleLabException(
                $"Before and after need the same proportions, got {before.Width}×{before.Height} and {after.Width}×{after.Height}; crop one.");
        (_before, _after, _beforeLabel, _afterLabel) = (before, after, beforeLabel, afterLabel);
    }

    /// <summary>The comparison as a piece of HTML that needs nothing else.</summary>
    public string ToHtml()
    {
        var (width, height) = ShownSize;
        var box = new Box(0, 0, width, height);
        string before = WebUtility.HtmlEncode(_beforeLabel), after = WebUtility.HtmlEncode(_afterLabel);
        // A style with a name that says whose it is; several of the same on a page do no harm.
        return string.Create(CultureInfo.InvariantCulture, $$"""
            <figure class="stylelab-before-after" style="--at:50%;margin:0;max-width:{{width:0}}px">
            <style>
            .stylelab-before-after .stage { position: relative; aspect-ratio: {{width:0}} / {{height:0}}; overflow: hidden; }
            .stylelab-before-after .stage > div { position: absolute; inset: 0; }
            .stylelab-before-after .stage img { display: block; width: 100%; height: 100%; max-width: none; margin: 0; }
            .stylelab-before-after .after { clip-path: inset(0 0 0 var(--at)); }
            .stylelab-before-after .label { position: absolute; top: 8px; padding: 2px 8px; border-radius: 4px; font: 13px/1.5 sans-serif; color: #fff; background: #0009; }
            .stylelab-before-after .before .label { left: 8px; }
            .stylelab-before-after .after .label { right: 8px; }
            .stylelab-before-after input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: ew-resize; -webkit-appearance: none; appearance: none; }
            .stylelab-before-after input::-webkit-slider-thumb { -webkit-appearance: none; width: 2px; height: 100%; }
            .stylelab-before-after .line { position: absolute; top: 0; bottom: 0; left: var(--at); width: 2px; margin-left: -1px; background: #fff; box-shadow: 0 0 3px #000; pointer-events: none; }
            .stylelab-before-after .line::after { content: "◂ ▸"; position: absolute; top: 50%; left: 50%; width: 34px; height: 34px; margin: -17px; border-radius: 50%; background: #fff; color: #222; font: 13px/34px sans-serif; text-align: center; box-shadow: 0 0 3px #000; }
            .stylelab-before-after input:focus-visible + .line::after { outline: 3px solid #0072b2; }
            @media print {
              .stylelab-before-after { max-width: 100% !important; }
              .stylelab-before-after .stage { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; aspect-ratio: auto; }
              .stylelab-before-after .stage > div { position: relative; inset: auto; }
              .stylelab-before-after .after { clip-path: none; }
              .stylelab-before-after input, .stylelab-before-after .line { display: none; }
            }
            </style>
            <div class="stage">
            <div class="before"><img src="{{EmbeddedPicture.ForSvg(_before, box)}}" alt="{{before}}"><span class="label">{{before}}</span></div>
            <div class="after"><img src="{{EmbeddedPicture.ForSvg(_after, box)}}" alt="{{after}}"><span class="label">{{after}}</span></div>
            <input type="range" min="0" max="100" step="0.5" value="50" aria-label="How much of “{{before}}” is shown beside “{{after}}”" oninput="this.closest('figure').style.setProperty('--at', this.value + '%')">
            <span class="line"></span>
            </div>
            </figure>
            """);
    }

    internal override (double Width, double Height) Size => SideBySide.Size;

    internal override double PreferredScale => SideBySide.PreferredScale;

    private protected override string Summary => $"{_beforeLabel} and {_afterLabel} compared";

    internal override void Draw(ICanvas canvas, double width, double height) => SideBySide.Draw(canvas, width, height);

    private Grid SideBySide => new(1, 2, cellSize: 384) { { _before, _beforeLabel }, { _after, _afterLabel } };

    private (double Width, double Height) ShownSize
    {
        get
        {
            // A small picture is enlarged: nobody can compare stamps.
            double scale = LongestSide / (double)Math.Max(_before.Width, _before.Height);
            return (Math.Max(1, Math.Round(_before.Width * scale)), Math.Max(1, Math.Round(_before.Height * scale)));
        }
    }
}
