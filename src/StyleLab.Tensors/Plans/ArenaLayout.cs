namespace StyleLab.Tensors.Plans;

/// <summary>One tensor's need for memory: its size and the first and last step that touch it.</summary>
internal readonly record struct Lifetime(long Floats, int First, int Last)
{
    public bool Overlaps(Lifetime other) => First <= other.Last && other.First <= Last;
}

/// <summary>
/// Places tensors in one block of memory so that those alive at the same time do not overlap: largest first,
/// each into the smallest gap that holds it (greedy by size, Pisarchyk and Lee, arXiv:2001.03288).
/// </summary>
internal static class ArenaLayout
{
    // Offsets in floats are multiples of 1024 (4 KB): every tensor begins on a page.
    private const long Alignment = 1024;

    /// <summary>The offset of each tensor in floats, and the floats needed in all.</summary>
    public static (long[] Offsets, long Total) Place(IReadOnlyList<Lifetime> tensors)
    {
        var offsets = new long[tensors.Count];
        var placed = new List<int>();
        long total = 0;
        foreach (int tensor in Enumerable.Range(0, tensors.Count).OrderByDescending(i => tensors[i].Floats).ThenBy(i => i))
        {
            long size = RoundUp(tensors[tensor].Floats);
            long best = -1, bestGap = long.MaxValue, end = 0;
            foreach (int other in placed.Where(o => tensors[o].Overlaps(tensors[tensor])).OrderBy(o => offsets[o]))
            {
                long gap = offsets[other] - end;
                if (gap >= size && gap < bestGap)
                    (best, bestGap) = (end, gap);
                end = Math.Max(end, offsets[other] + RoundUp(tensors[other].Floats));
            }
            offsets[tensor] = best >= 0 ? best : end;
            total = Math.Max(total, offsets[tensor] + size);
            placed.Add(tensor);
        }
        return (offsets, total);
    }

    private static long RoundUp(long floats) => (floats + Alignment - 1) / Alignment * Alignment;
}
