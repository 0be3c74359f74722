namespace StyleLab.Pictures.Jpeg;

/// <summary>Walks through the MCUs of one scan and decodes their blocks.</summary>
internal ref struct ScanDecoder
{
    private readonly Frame _frame;
    private readonly ScanHeader _scan;
    private readonly int[] _block = new int[64];
    private BitReader _bits;
    private int _endOfBandRun;

    private ScanDecoder(ReadOnlySpan<byte> data, int position, Frame frame, ScanHeader scan)
    {
        _frame = frame;
        _scan = scan;
        _bits = new BitReader(data, position);
    }

    /// <summary>Decodes one scan into the frame's components.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="position">Where the scan's bits start.</param>
    /// <param name="frame">Receives samples (sequential) or coefficients (progressive).</param>
    /// <param name="scan">The header of the scan.</param>
    /// <param name="restartInterval">MCUs between restart markers, 0 for none.</param>
    /// <returns>A position behind the bits that were used and at or before the next marker.</returns>
    public static int Decode(ReadOnlySpan<byte> data, int position, Frame frame, ScanHeader scan, int restartInterval)
    {
        var decoder = new ScanDecoder(data, position, frame, scan);
        decoder.DecodeMcus(restartInterval);
        return decoder._bits.Position;
    }

    private void DecodeMcus(int restartInterval)
    {
        // A scan of one component has that component's blocks row by row; the padding of interleaved MCUs is left out (T.81, A.2).
        bool interleaved = _scan.Components.Length > 1;
        var first = _scan.Components[0].Component;
        int across = interleaved ? _frame.McusAcross : first.BlocksAcross;
        int down = interleaved ? _frame.McusDown : first.BlocksDown;
        int untilRestart = restartInterval, restarts = 0;
        for (int row = 0; row < down; row++)
            for (int column = 0; column < across; column++)
            {
                if (restartInterval > 0 && untilRestart-- == 0)
                {
                    Restart(restarts++ % 8);
                    untilRestart = restartInterval - 1;
                }
                if (interleaved)
                    DecodeMcu(column, row);
                else
                    DecodeBlock(_scan.Components[0], column, row);
            }
    }

    private void Restart(int number)
    {
        _bits.Restart(number);
        _endOfBandRun = 0;
        foreach (var component in _scan.Components)
            component.Predictor = 0;
    }

    private void DecodeMcu(int mcuColumn, int mcuRow)
    {
        foreach (var entry in _scan.Components)
        {
            int horizontal = entry.Component.Horizontal, vertical = entry.Component.Vertical;
            for (int y = 0; y < vertical; y++)
                for (int x = 0; x < horizontal; x++)
                    DecodeBlock(entry, mcuColumn * horizontal + x, mcuRow * vertical + y);
        }
    }

    private void DecodeBlock(ScanComponent entry, int column, int row)
    {
        var component = entry.Component;
        if (!_frame.IsProgressive)
        {
            SequentialBlock.Decode(ref _bits, entry, _block);
            InverseDct.Transform(_block, component.SampleBlock(column, row), component.Stride);
            return;
        }

        var coefficients = component.CoefficientBlock(column, row);
        switch (_scan.FirstCoefficient == 0, _scan.IsRefinement)
        {
            case (true, false): ProgressiveBlock.DecodeDc(ref _bits, entry, _scan.LowBit, coefficients); break;
            case (true, true): ProgressiveBlock.RefineDc(ref _bits, _scan.LowBit, coefficients); break;
            case (false, false): ProgressiveBlock.DecodeAc(ref _bits, entry.Ac!, _scan, ref _endOfBandRun, coefficients); break;
            case (false, true): ProgressiveBlock.RefineAc(ref _bits, entry.Ac!, _scan, ref _endOfBandRun, coefficients); break;
        }
    }
}
