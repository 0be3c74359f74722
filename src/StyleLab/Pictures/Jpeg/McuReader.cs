namespace StyleLab.Pictures.Jpeg;

/// <summary>
/// Cuts a picture into square MCUs (minimum coded units) of luma and chroma blocks.
/// Pixels beyond the right and lower edge repeat the last column and row.
/// </summary>
internal sealed class McuReader
{
    private readonly Picture _picture;
    private readonly bool _halfChroma;
    private readonly float[] _luma, _chromaBlue, _chromaRed;

    /// <param name="picture">The picture; values are clamped and rounded to 8 bits first, as in every file format.</param>
    /// <param name="halfChroma">Whether chroma has half the resolution in both directions (4:2:0), else full (4:4:4).</param>
    public McuReader(Picture picture, bool halfChroma)
    {
        _picture = picture;
        _halfChroma = halfChroma;
        Side = halfChroma ? 16 : 8;
        _luma = new float[Side * Side];
        _chromaBlue = new float[Side * Side];
        _chromaRed = new float[Side * Side];
    }

    /// <summary>Pixels across and down in one MCU, 8 or 16.</summary>
    public int Side { get; }

    /// <summary>Blocks of luma across and down in one MCU, 1 or 2; there is one block of each chroma.</summary>
    public int LumaBlocks => Side / 8;

    /// <summary>Reads and converts the pixels of one MCU.</summary>
    public void MoveTo(int column, int row)
    {
        for (int y = 0; y < Side; y++)
        {
            int sourceY = Math.Min(row * Side + y, _picture.Height - 1);
            for (int x = 0; x < Side; x++)
            {
                int sourceX = Math.Min(column * Side + x, _picture.Width - 1);
                float red = PixelRounding.ToByte(_picture[0, sourceY, sourceX]);
                float green = PixelRounding.ToByte(_picture[1, sourceY, sourceX]);
                float blue = PixelRounding.ToByte(_picture[2, sourceY, sourceX]);
                // BT.601 (JFIF 1.02), with luma around zero as the transform wants it. Rounded already here, since the reader
                // rounds these same numbers: with fine quantization the two roundings then fall together.
                float luma = 0.299f * red + 0.587f * green + 0.114f * blue;
                int index = y * Side + x;
                _luma[index] = MathF.Round(luma) - 128;
                _chromaBlue[index] = MathF.Round((blue - luma) * (0.5f / (1 - 0.114f)));
                _chromaRed[index] = MathF.Round((red - luma) * (0.5f / (1 - 0.299f)));
            }
        }
    }

    /// <summary>Copies one luma block of the MCU.</summary>
    public void ReadLuma(int blockColumn, int blockRow, Span<float> block)
    {
        for (int y = 0; y < 8; y++)
            _luma.AsSpan((blockRow * 8 + y) * Side + blockColumn * 8, 8).CopyTo(block[(y * 8)..]);
    }

    /// <summary>Copies the MCU's block of the blue difference.</summary>
    public void ReadChromaBlue(Span<float> block) => ReadChroma(_chromaBlue, block);

    /// <summary>Copies the MCU's block of the red difference.</summary>
    public void ReadChromaRed(Span<float> block) => ReadChroma(_chromaRed, block);

    private void ReadChroma(float[] chroma, Span<float> block)
    {
        if (!_halfChroma)
        {
            chroma.CopyTo(block);
            return;
        }
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++)
            {
                int corner = 2 * y * Side + 2 * x;
                block[y * 8 + x] = (chroma[corner] + chroma[corner + 1] + chroma[corner + Side] + chroma[corner + Side + 1]) / 4;
            }
    }
}
