using System.Diagnostics;

namespace StyleLab.Figures;

/// <summary>
/// When the next view of a run is due: four a second at first, then ever more seldom, because a view carries a picture and
/// who has waited for a minute can wait three seconds more.
/// </summary>
internal sealed class ViewPace
{
    private const double Shortest = 0.25, Longest = 5, ShareOfElapsed = 0.05;

    private readonly Stopwatch _watch = new();
    private TimeSpan _next;

    /// <summary>True if a view is due; then the next one is due later.</summary>
    public bool IsDue()
    {
        lock (_watch)
        {
            _watch.Start();
            var now = _watch.Elapsed;
            if (now < _next)
                return false;
            _next = now + TimeSpan.FromSeconds(Math.Clamp(now.TotalSeconds * ShareOfElapsed, Shortest, Longest));
            return true;
        }
    }
}
