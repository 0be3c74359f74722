namespace StyleLab.Painter;

/// <summary>A small seeded random generator (PCG32, O'Neill 2014), so that every run paints the same picture.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed * 6364136223846793005UL + 1442695040888963407UL;

    public uint NextBits()
    {
        ulong old = _state;
        _state = old * 6364136223846793005UL + 1442695040888963407UL;
        uint shifted = (uint)(((old >> 18) ^ old) >> 27);
        return uint.RotateRight(shifted, (int)(old >> 59));
    }

    /// <summary>Uniform in [0, 1).</summary>
    public float Next() => (NextBits() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform between two values.</summary>
    public float Between(float low, float high) => low + (high - low) * Next();

    /// <summary>About normal, mean 0, standard deviation 1 (sum of four uniforms; never beyond ±3.5).</summary>
    public float Normal() => (Next() + Next() + Next() + Next() - 2f) * 1.732f;

    /// <summary>An index below <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Next() * count);

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>Fisher–Yates.</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
