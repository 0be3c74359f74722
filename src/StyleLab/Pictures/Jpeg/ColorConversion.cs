namespace StyleLab.Pictures.Jpeg;

/// <summary>Turns the components of a decoded frame into the red, green and blue planes of a picture.</summary>
internal static class ColorConversion
{
    // BT.601 weights in 16-bit fixed point (JFIF 1.02, "Conversion to and from RGB").
    private const int RedFromCr = (int)(1.40200 * 65536 + 0.5);
    private const int GreenFromCb = (int)(0.34414 * 65536 + 0.5);
    private const int GreenFromCr = (int)(0.71414 * 65536 + 0.5);
    private const int BlueFromCb = (int)(1.77200 * 65536 + 0.5);
    private const int Half = 1 << 15;

    private static readonly float[] s_levels = [.. Enumerable.Range(0, 256).Select(i => i / 255f)];

    /// <summary>Makes the picture of a frame whose samples are all decoded.</summary>
    public static Picture ToPicture(Frame frame, ColorModel model)
    {
        int width = frame.Width, height = frame.Height;
        var picture = new Picture(width, height);
        var upsamplers = Array.ConvertAll(frame.Components, c => new Upsampler(c, frame));
        for (int y = 0; y < height; y++)
        {
            var red = picture.Values.AsSpan(y * width, width);
            var green = picture.Values.AsSpan((height + y) * width, width);
            var blue = picture.Values.AsSpan((2 * height + y) * width, width);
            var first = upsamplers[0].Row(y);
            if (model == ColorModel.Gray)
            {
                ConvertRgb(first, first, first, red, green, blue);
                continue;
            }

            var second = upsamplers[1].Row(y);
            var third = upsamplers[2].Row(y);
            if (model is ColorModel.YCbCr or ColorModel.Ycck)
                ConvertYCbCr(first, second, third, red, green, blue);
            else
                ConvertRgb(first, second, third, red, green, blue);

            if (model is ColorModel.Cmyk or ColorModel.Ycck)
                ApplyInks(upsamplers[3].Row(y), isYcck: model == ColorModel.Ycck, red, green, blue);
        }
        return picture;
    }

    private static void ConvertRgb(
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third,
        Span<float> red, Span<float> green, Span<float> blue)
    {
        for (int x = 0; x < red.Length; x++)
        {
            red[x] = s_levels[first[x]];
            green[x] = s_levels[second[x]];
            blue[x] = s_levels[third[x]];
        }
    }

    private static void ConvertYCbCr(
        ReadOnlySpan<byte> luma, ReadOnlySpan<byte> chromaBlue, ReadOnlySpan<byte> chromaRed,
        Span<float> red, Span<float> green, Span<float> blue)
    {
        var levels = s_levels;
        for (int x = 0; x < red.Length; x++)
        {
            int y = luma[x], cb = chromaBlue[x] - 128, cr = chromaRed[x] - 128;
            red[x] = levels[Math.Clamp(y + ((RedFromCr * cr + Half) >> 16), 0, 255)];
            green[x] = levels[Math.Clamp(y + ((Half - GreenFromCb * cb - GreenFromCr * cr) >> 16), 0, 255)];
            blue[x] = levels[Math.Clamp(y + ((BlueFromCb * cb + Half) >> 16), 0, 255)];
        }
    }

    // Without a colour profile the simple rule must do: what the colour inks let through, times what black lets through.
    // Stored values are what an ink lets through; the luma-chroma form is taken from the inks themselves.
    private static void ApplyInks(ReadOnlySpan<byte> black, bool isYcck, Span<float> red, Span<float> green, Span<float> blue)
    {
        for (int x = 0; x < red.Length; x++)
        {
            float through = s_levels[black[x]];
            red[x] = through * (isYcck ? 1 - red[x] : red[x]);
            green[x] = through * (isYcck ? 1 - green[x] : green[x]);
            blue[x] = through * (isYcck ? 1 - blue[x] : blue[x]);
        }
    }
}
