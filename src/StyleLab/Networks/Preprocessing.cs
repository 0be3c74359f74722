using System.Globalization;
using StyleLab.Networks;

namespace StyleLab;

/// <summary>The order in which a network expects the colour channels.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,
}

/// <summary>
/// How a picture (RGB, 0..1) becomes what the network was trained on: channels put in <paramref name="Order"/>,
/// multiplied by <paramref name="Range"/>, minus <paramref name="Mean"/>, divided by <paramref name="Deviation"/>.
/// </summary>
/// <param name="Order">The network's order of channels; <paramref name="Mean"/> and <paramref name="Deviation"/> are in this order.</param>
/// <param name="Range">The value of white before the mean is taken off: 1 or 255.</param>
/// <param name="Mean">Three means, in units of 0..<paramref name="Range"/>.</param>
/// <param name="Deviation">Three divisors, in the same units; not 0.</param>
public sealed record Preprocessing(
    ChannelOrder Order, float Range, IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation)
{
    /// <summary>torchvision's: RGB 0..1, minus the mean of ImageNet, divided by its standard deviation.</summary>
    public static Preprocessing Torchvision { get; } =
        new(ChannelOrder.Rgb, 1, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>Caffe's, of the original VGG files: BGR 0..255, minus the mean of ImageNet, not divided.</summary>
    public static Preprocessing Caffe { get; } =
        new(ChannelOrder.Bgr, 255, [103.939f, 116.779f, 123.68f], [1, 1, 1]);

    /// <summary>The picture as it is: RGB 0..1.</summary>
    public static Preprocessing ZeroToOne { get; } = new(ChannelOrder.Rgb, 1, [0, 0, 0], [1, 1, 1]);

    /// <summary>Which channel of an RGB picture (0 red, 1 green, 2 blue) the network's channel 0, 1 or 2 is made from.</summary>
    public int PictureChannel(int channel) => Order == ChannelOrder.Rgb ? channel : 2 - channel;

    /// <summary>The factor of the network's channel 0, 1 or 2: input = Scale · picture + Offset, the picture being 0..1.</summary>
    public float Scale(int channel) => Range / Deviation[channel];

    /// <summary>The offset of the network's channel 0, 1 or 2: input = Scale · picture + Offset, the picture being 0..1.</summary>
    public float Offset(int channel) => -Mean[channel] / Deviation[channel];

    /// <summary>
    /// Reads the form that <see cref="ToString"/> writes and network files carry in their metadata (key <c>input</c>):
    /// <c>rgb, 0..1, mean 0.485 0.456 0.406, std 0.229 0.224 0.225</c>. Without <c>mean</c> nothing is taken off, without <c>std</c> nothing
    /// is divided.
    /// </summary>
    /// <exception cref="StyleLabException">The text has another form.</exception>
    public static Preprocessing Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var rest = parts.Skip(2).ToList();
        var mean = Taken("mean ") ?? [0, 0, 0];
        var deviation = Taken("std ") ?? [1, 1, 1];
        if (parts.Length >= 2 && rest.Count == 0 && (ParseOrder(parts[0]), ParseRange(parts[1])) is ({ } order, { } range) && !deviation.Contains(0))
            return new(order, range, mean, deviation);
        throw new StyleLabException(
            $"{Quoted.Text(text)} is not an input convention; expected the form '{Torchvision}' (rgb or bgr, 0..1 or 0..255; without mean nothing is taken off, without std nothing is divided).");

        // The part with this label, if there is one and it is well formed; what is left over makes the text wrong.
        float[]? Taken(string label)
        {
            int at = rest.FindIndex(part => part.StartsWith(label, StringComparison.Ordinal));
            var values = at < 0 ? null : ParseThree(label, rest[at]);
            if (values is not null)
                rest.RemoveAt(at);
            return values;
        }
    }

    private static ChannelOrder? ParseOrder(string text) => text switch
    {
        "rgb" => ChannelOrder.Rgb,
        "bgr" => ChannelOrder.Bgr,
        _ => null,
    };

    private static float? ParseRange(string text) => text switch
    {
        "0..1" => 1,
        "0..255" => 255,
        _ => null,
    };

    private static float[]? ParseThree(string label, string text)
    {
        if (!text.StartsWith(label, StringComparison.Ordinal))
            return null;
        var numbers = text[label.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var values = new float[3];
        if (numbers.Length != values.Length)
            return null;
        for (var i = 0; i < values.Length; i++)
            if (!float.TryParse(numbers[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i])
                || !float.IsFinite(values[i]))
                return null;
        return values;
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(Order == ChannelOrder.Rgb ? "rgb" : "bgr")}, 0..{Range}, mean {Mean[0]} {Mean[1]} {Mean[2]}, "
        + $"std {Deviation[0]} {Deviation[1]} {Deviation[2]}");
}
