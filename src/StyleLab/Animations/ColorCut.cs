using StyleLab.Pictures;

namespace StyleLab.Animations;

/// <summary>
/// Cuts a cloud of colours into boxes: always the box that is worst shown by one colour, across that axis and at that level where the two
/// halves are best shown by one each (Wu, "Efficient statistical computations for optimal color quantization", 1991).
/// </summary>
internal static class ColorCut
{
    private const int Levels = 256;

    /// <summary>The mean colours of the boxes, packed as 0xRRGGBB, at most so many. The colours are reordered.</summary>
    public static int[] Cut(CountedColor[] colors, int most)
    {
        var boxes = new PriorityQueue<Box, double>();
        var bins = new Sum[3 * Levels];
        var rest = new CountedColor[colors.Length];
        Enqueue(new(0, colors.Length));
        while (boxes.Count < most && boxes.TryPeek(out _, out double spread) && spread < 0)
        {
            var box = boxes.Dequeue();
            int middle = Part(colors.AsSpan(box.Start..box.End), bins, rest) + box.Start;
            Enqueue(box with { End = middle });
            Enqueue(box with { Start = middle });
        }
        return [.. boxes.UnorderedItems.OrderBy(item => item.Element.Start).Select(item => Sum.Of(colors.AsSpan(item.Element.Start..item.Element.End)).Mean)];

        void Enqueue(Box box) => boxes.Enqueue(box, box.End - box.Start < 2 ? 0 : -Spread(colors.AsSpan(box.Start..box.End)));
    }

    /// <summary>The sum over the colours of their squared distances from the mean.</summary>
    private static double Spread(ReadOnlySpan<CountedColor> colors)
    {
        double squares = 0;
        foreach (var color in colors)
            for (int channel = 0; channel < 3; channel++)
                squares += color.Weight * color.Level(channel) * color.Level(channel);
        return Math.Max(0, squares - Sum.Of(colors).Explained);
    }

    /// <summary>Orders the colours of a box into two halves, and says where the second begins.</summary>
    private static int Part(Span<CountedColor> colors, Sum[] bins, CountedColor[] rest)
    {
        Array.Clear(bins);
        foreach (var color in colors)
            for (int channel = 0; channel < 3; channel++)
                bins[channel * Levels + color.Level(channel)].Add(color);

        // The squared distances left are least where the halves' means explain most.
        var all = Sum.Of(colors);
        var (axis, end, best) = (0, 0, -1.0);
        for (int channel = 0; channel < 3; channel++)
        {
            var below = new Sum();
            for (int level = 0; level < Levels - 1; level++)
            {
                if (bins[channel * Levels + level].Weight == 0)
                    continue;
                below.Add(bins[channel * Levels + level]);
                double explained = below.Explained + all.Without(below).Explained;
                if (explained > best && level < Last(channel))
                    (axis, end, best) = (channel, level + 1, explained);
            }
        }

        int first = 0, second = 0;
        foreach (var color in colors)
            if (color.Level(axis) < end)
                colors[first++] = color;
            else
                rest[second++] = color;
        rest.AsSpan(0, second).CopyTo(colors[first..]);
        return first;

        int Last(int channel) => Array.FindLastIndex(bins, channel * Levels + Levels - 1, Levels, bin => bin.Weight > 0) - channel * Levels;
    }

    private readonly record struct Box(int Start, int End);

    /// <summary>Weighted sums of the levels of some colours.</summary>
    private record struct Sum(double Red, double Green, double Blue, double Weight)
    {
        /// <summary>What the squares of all levels come to if each colour is the mean.</summary>
        public readonly double Explained => Weight > 0 ? (Red * Red + Green * Green + Blue * Blue) / Weight : 0;

        public readonly int Mean => Rounded(Red) << 16 | Rounded(Green) << 8 | Rounded(Blue);

        public static Sum Of(ReadOnlySpan<CountedColor> colors)
        {
            var sum = new Sum();
            foreach (var color in colors)
                sum.Add(color);
            return sum;
        }

        public void Add(CountedColor color) => Add(new Sum(color.Weight * color.Level(0), color.Weight * color.Level(1), color.Weight * color.Level(2), color.Weight));

        public void Add(Sum other) => this = new(Red + other.Red, Green + other.Green, Blue + other.Blue, Weight + other.Weight);

        public readonly Sum Without(Sum other) => new(Red - other.Red, Green - other.Green, Blue - other.Blue, Weight - other.Weight);

        private readonly int Rounded(double sum) => (int)Math.Round(sum / Weight);
    }
}
