namespace StyleLab.Animations;

/// <summary>
/// Cuts a cloud of colours into boxes, as median cut does (Heckbert 1982), but always the box that is worst shown by one
/// colour, across its longest axis, where the two halves are best shown by one each (as Wu 1992).
/// </summary>
internal static class ColorCut
{
    /// <summary>The mean colours of the boxes, at most so many. The pixels are reordered.</summary>
    public static Oklab[] Cut(CountedColor[] pixels, int most)
    {
        var boxes = new PriorityQueue<ColorBox, double>();
        Enqueue(new ColorBox(pixels, 0, pixels.Length));
        while (boxes.Count < most && boxes.Peek().Spread > 0)
        {
            var (first, second) = boxes.Dequeue().Split();
            Enqueue(first);
            Enqueue(second);
        }
        return [.. boxes.UnorderedItems.OrderBy(item => item.Element.Start).Select(item => item.Element.Mean)];

        void Enqueue(ColorBox box) => boxes.Enqueue(box, -box.Spread);
    }

    /// <summary>The pixels from one index to another.</summary>
    private sealed class ColorBox
    {
        private readonly CountedColor[] _pixels;
        private readonly int _end;
        private readonly double[] _spreads = new double[3];

        public ColorBox(CountedColor[] pixels, int start, int end)
        {
            _pixels = pixels;
            (Start, _end) = (start, end);
            double count = 0;
            var means = new double[3];
            foreach (var pixel in pixels.AsSpan(start..end))
            {
                count += pixel.Count;
                for (int axis = 0; axis < 3; axis++)
                    means[axis] += Coordinate(pixel, axis) * pixel.Count;
            }
            for (int axis = 0; axis < 3; axis++)
                means[axis] /= count;
            foreach (var pixel in pixels.AsSpan(start..end))
                for (int axis = 0; axis < 3; axis++)
                {
                    double away = Coordinate(pixel, axis) - means[axis];
                    _spreads[axis] += away * away * pixel.Count;
                }
            Mean = new((float)means[0], (float)means[1], (float)means[2]);
        }

        public int Start { get; }

        public Oklab Mean { get; }

        /// <summary>The sum over the pixels of their squared distances from the mean; nothing to cut where there is one colour.</summary>
        public double Spread => _end - Start < 2 ? 0 : _spreads.Sum();

        public (ColorBox, ColorBox) Split()
        {
            int axis = Array.IndexOf(_spreads, _spreads.Max());
            Array.Sort(_pixels, Start, _end - Start,
                Comparer<CountedColor>.Create((x, y) => Coordinate(x, axis).CompareTo(Coordinate(y, axis)) is var order and not 0
                    ? order : x.Rgb.CompareTo(y.Rgb)));
            double total = 0, weight = 0;
            foreach (var pixel in _pixels.AsSpan(Start.._end))
                (total, weight) = (total + Coordinate(pixel, axis) * pixel.Count, weight + pixel.Count);

            // The squared distances left are least where sum²/count of both halves is greatest.
            int best = Start + 1;
            double sum = 0, count = 0, most = double.MinValue;
            for (int i = Start; i < _end - 1; i++)
            {
                sum += Coordinate(_pixels[i], axis) * _pixels[i].Count;
                count += _pixels[i].Count;
                double explained = sum * sum / count + (total - sum) * (total - sum) / (weight - count);
                if (explained > most)
                    (best, most) = (i + 1, explained);
            }
            return (new(_pixels, Start, best), new(_pixels, best, _end));
        }

        private static double Coordinate(CountedColor pixel, int axis) =>
            axis == 0 ? pixel.Color.L : axis == 1 ? pixel.Color.A : pixel.Color.B;
    }
}
