namespace StyleLab.Pictures.Jpeg;

/// <summary>
/// How far the coefficients of a component have come in a progressive file (T.81, G.1.1.1): each is sent once with its
/// high bits and then refined bit by bit. Holding files to it also bounds the work that a small file can ask for.
/// </summary>
internal sealed class Progression
{
    private const int NotSent = -1;
    private readonly int[] _lowestBit = new int[64];

    public Progression() => Array.Fill(_lowestBit, NotSent);

    /// <summary>The lowest-frequency coefficient has arrived, so that there is something to show.</summary>
    public bool HasDc => _lowestBit[0] != NotSent;

    /// <summary>Every bit of every coefficient has arrived.</summary>
    public bool IsComplete => !_lowestBit.AsSpan().ContainsAnyExcept(0);

    /// <summary>Notes a scan, or throws when it does not go on from where the earlier scans stopped.</summary>
    public void Advance(ScanHeader scan)
    {
        int expected = scan.IsRefinement ? scan.HighBit : NotSent;
        for (int i = scan.FirstCoefficient; i <= scan.LastCoefficient; i++)
        {
            if (_lowestBit[i] != expected)
                throw JpegFault.Damaged("the scans of the progressive picture are out of order");
            _lowestBit[i] = scan.LowBit;
        }
    }
}
