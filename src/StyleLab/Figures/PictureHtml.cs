using System.Globalization;
using System.Net;

namespace StyleLab.Figures;

/// <summary>Pictures in cards and views: light, enlarged so that they can be seen, and with a word about it.</summary>
internal static class PictureHtml
{
    /// <summary>A picture that fills a box of the given side, and below it its size and how much it is enlarged.</summary>
    /// <param name="picture">Any size.</param>
    /// <param name="alt">What it is, for those who do not see it.</param>
    /// <param name="box">The long side on the page in CSS pixels.</param>
    /// <param name="mostPixels">The long side of what is embedded.</param>
    /// <param name="mostBytes">The size of what is embedded.</param>
    public static string WithSize(Picture picture, string alt, int box, int mostPixels, int mostBytes)
    {
        double scale = (double)box / Math.Max(picture.Width, picture.Height);
        return $"<figure style=\"margin:0\">{Image(picture, alt, box, mostPixels, mostBytes)}"
            + $"<figcaption style=\"font-size:12px;opacity:.7;margin-top:2px\">{SizeText(picture, scale)}</figcaption></figure>";
    }

    /// <summary>A picture with the given long side on the page.</summary>
    public static string Image(Picture picture, string alt, int box, int mostPixels, int mostBytes)
    {
        double scale = (double)box / Math.Max(picture.Width, picture.Height);
        int width = Math.Max(1, (int)Math.Round(picture.Width * scale)), height = Math.Max(1, (int)Math.Round(picture.Height * scale));
        string name = WebUtility.HtmlEncode(alt);
        return string.Create(CultureInfo.InvariantCulture, $"<img alt=\"{name}\" width=\"{width}\" height=\"{height}\" ")
            + "style=\"display:block;max-width:100%;height:auto;margin:0;border-radius:3px\" "
            + $"src=\"{EmbeddedPicture.ForPreview(picture, mostPixels, mostBytes)}\">";
    }

    /// <summary>"64×48, shown ×5"; a picture that is shrunk to fit needs no such word.</summary>
    public static string SizeText(Picture picture, double scale) => scale >= 1.05
        ? $"{picture.Width}×{picture.Height}, shown ×{NumberText.Value(scale, 2)}"
        : $"{picture.Width}×{picture.Height}";
}
