namespace StyleLab.Pictures.Jpeg;

/// <summary>One colour component of a frame, such as luma, with its own resolution (T.81, A.1.1).</summary>
internal sealed class Component(byte id, int horizontal, int vertical, int quantizationIndex)
{
    /// <summary>The number by which scans name the component.</summary>
    public byte Id { get; } = id;

    /// <summary>Horizontal sampling factor, 1 to 4: blocks across in one MCU (minimum coded unit) of an interleaved scan.</summary>
    public int Horizontal { get; } = horizontal;

    /// <summary>Vertical sampling factor, 1 to 4: blocks down in one MCU.</summary>
    public int Vertical { get; } = vertical;

    public int QuantizationIndex { get; } = quantizationIndex;

    /// <summary>Samples across.</summary>
    public int Width { get; private set; }

    /// <summary>Samples down.</summary>
    public int Height { get; private set; }

    /// <summary>Blocks that hold the samples, across.</summary>
    public int BlocksAcross => (Width + 7) / 8;

    /// <summary>Blocks that hold the samples, down.</summary>
    public int BlocksDown => (Height + 7) / 8;

    /// <summary>Blocks across with those that fill up the last MCU.</summary>
    public int PaddedBlocksAcross { get; private set; }

    /// <summary>Bytes from one row of <see cref="Samples"/> to the next.</summary>
    public int Stride => PaddedBlocksAcross * 8;

    /// <summary>The decoded samples, rows of <see cref="Stride"/> bytes.</summary>
    public byte[] Samples { get; private set; } = [];

    /// <summary>Progressive only: 64 quantized coefficients a block, row-major in the block.</summary>
    public short[] Coefficients { get; private set; } = [];

    /// <summary>Progressive only: which bits of the coefficients have arrived.</summary>
    public Progression Progression { get; } = new();

    /// <summary>The quantization steps, row-major; those in force when the component's first scan starts.</summary>
    public int[]? Quantization { get; set; }

    public void SetSize(Frame frame)
    {
        Width = CeilingDivide(frame.Width * Horizontal, frame.MaxHorizontal);
        Height = CeilingDivide(frame.Height * Vertical, frame.MaxVertical);
        PaddedBlocksAcross = frame.McusAcross * Horizontal;
    }

    public void Allocate(Frame frame)
    {
        int blocks = PaddedBlocksAcross * frame.McusDown * Vertical;
        Samples = new byte[blocks * 64];
        if (frame.IsProgressive)
            Coefficients = new short[blocks * 64];
    }

    /// <summary>The coefficients of one block of a progressive frame.</summary>
    public Span<short> CoefficientBlock(int column, int row) =>
        Coefficients.AsSpan((row * PaddedBlocksAcross + column) * 64, 64);

    /// <summary>The samples from the top left of one block on.</summary>
    public Span<byte> SampleBlock(int column, int row) =>
        Samples.AsSpan(row * 8 * Stride + column * 8);

    /// <summary>Turns the coefficients of a progressive frame into samples and lets go of them.</summary>
    public void InvertCoefficients()
    {
        var steps = Quantization!;
        Span<int> block = stackalloc int[64];
        for (int row = 0; row < BlocksDown; row++)
            for (int column = 0; column < BlocksAcross; column++)
            {
                var quantized = CoefficientBlock(column, row);
                for (int i = 0; i < 64; i++)
                    block[i] = quantized[i] * steps[i];
                InverseDct.Transform(block, SampleBlock(column, row), Stride);
            }
        Coefficients = [];
    }

    private static int CeilingDivide(int value, int divisor) => (value + divisor - 1) / divisor;
}
