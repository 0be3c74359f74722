namespace StyleLab.Pictures.Jpeg;

/// <summary>
/// Brings the rows of a component to the frame's full resolution. Components at half resolution are interpolated
/// with a triangle filter (3/4 of the nearer sample, 1/4 of the farther one), as the common decoders do, including the way
/// they round; other factors repeat samples.
/// </summary>
internal sealed class Upsampler
{
    private readonly Component _component;
    private readonly int _horizontal, _maxHorizontal, _vertical, _maxVertical;
    private readonly bool _smoothAcross, _smoothDown;
    private readonly byte[] _row;
    private readonly int[] _sums;

    public Upsampler(Component component, Frame frame)
    {
        _component = component;
        (_horizontal, _maxHorizontal) = (component.Horizontal, frame.MaxHorizontal);
        (_vertical, _maxVertical) = (component.Vertical, frame.MaxVertical);

        // The common decoders do not smooth across components narrower than three samples.
        bool halfAcross = _maxHorizontal == 2 * _horizontal, halfDown = _maxVertical == 2 * _vertical;
        _smoothAcross = halfAcross && component.Width > 2 && (halfDown || _maxVertical == _vertical);
        _smoothDown = halfDown && (_smoothAcross || _maxHorizontal == _horizontal);

        _row = new byte[component.Width * 2 + frame.Width];
        _sums = new int[component.Width];
    }

    /// <summary>One row of the component, at least as long as the frame is wide; valid until the next call.</summary>
    public ReadOnlySpan<byte> Row(int y)
    {
        if (_maxHorizontal == _horizontal && _maxVertical == _vertical)
            return SourceRow(y);

        if (!_smoothAcross && !_smoothDown)
        {
            RepeatAcross(SourceRow(y * _vertical / _maxVertical));
            return _row;
        }

        var near = SourceRow(_smoothDown ? y / 2 : y);
        if (!_smoothDown)
        {
            SmoothAcross(near);
            return _row;
        }

        bool isUpper = y % 2 == 0;
        var far = SourceRow(Math.Clamp(isUpper ? y / 2 - 1 : y / 2 + 1, 0, _component.Height - 1));
        for (int x = 0; x < _sums.Length; x++)
            _sums[x] = 3 * near[x] + far[x];
        if (_smoothAcross)
        {
            SmoothSumsAcross();
            return _row;
        }
        int rounding = isUpper ? 1 : 2;
        for (int x = 0; x < _sums.Length; x++)
            _row[x] = (byte)((_sums[x] + rounding) >> 2);
        return _row;
    }

    private ReadOnlySpan<byte> SourceRow(int y) =>
        _component.Samples.AsSpan(y * _component.Stride, _component.Width);

    private void RepeatAcross(ReadOnlySpan<byte> source)
    {
        for (int x = 0; x < source.Length * _maxHorizontal / _horizontal && x < _row.Length; x++)
            _row[x] = source[x * _horizontal / _maxHorizontal];
    }

    // Rounding down and up by turns keeps the average brightness.
    private void SmoothAcross(ReadOnlySpan<byte> source)
    {
        int last = source.Length - 1;
        for (int x = 0; x <= last; x++)
        {
            int centre = 3 * source[x];
            _row[2 * x] = (byte)((centre + source[Math.Max(x - 1, 0)] + 1) >> 2);
            _row[2 * x + 1] = (byte)((centre + source[Math.Min(x + 1, last)] + 2) >> 2);
        }
    }

    private void SmoothSumsAcross()
    {
        int last = _sums.Length - 1;
        for (int x = 0; x <= last; x++)
        {
            int centre = 3 * _sums[x];
            _row[2 * x] = (byte)((centre + _sums[Math.Max(x - 1, 0)] + 8) >> 4);
            _row[2 * x + 1] = (byte)((centre + _sums[Math.Min(x + 1, last)] + 7) >> 4);
        }
    }
}
