using System.Globalization;

namespace StyleLab;

/// <summary>
/// Makes masks: grey pictures, white (1) inside and black (0) outside, that say where another operation works. Any grey picture
/// can be one.
/// </summary>
public static class Mask
{
    /// <summary>An upright ellipse.</summary>
    /// <param name="width">Pixels across of the mask.</param>
    /// <param name="height">Pixels down of the mask.</param>
    /// <param name="centerX">The centre, in pixels from the left edge; the middle if not given.</param>
    /// <param name="centerY">The centre, in pixels from the top edge; the middle if not given.</param>
    /// <param name="radiusX">Half the width of the ellipse, in pixels; 0.4 of the mask's width if not given.</param>
    /// <param name="radiusY">Half the height of the ellipse, in pixels; 0.4 of the mask's height if not given.</param>
    /// <param name="feather">Over how many pixels white goes over into black, half of them inside and half outside.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the feather negative.</exception>
    public static Picture Ellipse(int width, int height, double? centerX = null, double? centerY = null,
        double? radiusX = null, double? radiusY = null, double feather = 0)
    {
        double x0 = centerX ?? width / 2.0, y0 = centerY ?? height / 2.0, rx = radiusX ?? 0.4 * width, ry = radiusY ?? 0.4 * height;
        if (!(rx > 0 && ry > 0 && double.IsFinite(rx) && double.IsFinite(ry)))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"An ellipse needs two radii above 0, got {rx} and {ry}."));
        return Draw(width, height, feather, (x, y) =>
        {
            // The distance from the rim, to first order: the value of the equation over the length of its gradient.
            double dx = (x - x0) / rx, dy = (y - y0) / ry, radius = Math.Sqrt(dx * dx + dy * dy);
            double slope = Math.Sqrt(dx / rx * (dx / rx) + dy / ry * (dy / ry)) / Math.Max(radius, 1e-9);
            return slope > 0 ? (1 - radius) / slope : Math.Min(rx, ry);
        });
    }

    /// <summary>An upright rectangle.</summary>
    /// <param name="width">Pixels across of the mask.</param>
    /// <param name="height">Pixels down of the mask.</param>
    /// <param name="left">The left edge of the rectangle, in pixels.</param>
    /// <param name="top">Its top edge.</param>
    /// <param name="right">Its right edge.</param>
    /// <param name="bottom">Its bottom edge.</param>
    /// <param name="feather">Over how many pixels white goes over into black, half of them inside and half outside.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the feather negative.</exception>
    public static Picture Rectangle(int width, int height, double left, double top, double right, double bottom, double feather = 0)
    {
        if (!(right > left && bottom > top))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A rectangle needs its right edge right of the left one and its bottom below its top, got {left}..{right} and {top}..{bottom}."));
        return Draw(width, height, feather, (x, y) => Math.Min(Math.Min(x - left, right - x), Math.Min(y - top, bottom - y)));
    }

    // inside: how far a point lies inside the shape, in pixels; negative outside.
    private static Picture Draw(int width, int height, double feather, Func<double, double, double> inside)
    {
        if (!(feather >= 0 && double.IsFinite(feather)))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A feather is 0 pixels or more, got {feather}."));
        var mask = new Picture(width, height);
        // One pixel of transition is what a smooth edge takes anyway.
        double transition = Math.Max(feather, 1);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double share = Math.Clamp(inside(x + 0.5, y + 0.5) / transition + 0.5, 0, 1);
                mask[0, y, x] = mask[1, y, x] = mask[2, y, x] = (float)(feather > 1 ? share * share * (3 - 2 * share) : share);
            }
        return mask;
    }
}
