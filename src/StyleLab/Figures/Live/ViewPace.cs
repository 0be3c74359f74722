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
            _next = NextAfter(now);
            return true;
        }
    }

    /// <summary>When the view after one at <paramref name="now"/> is due, both since the first.</summary>
    public static TimeSpan NextAfter(TimeSpan now) =>
        now + TimeSpan.FromSeconds(Math.Clamp(now.TotalSeconds * ShareOfElapsed, Shortest, Longest));
}
