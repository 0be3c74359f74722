namespace StyleLab.Networks.Onnx;

// Operations on numbers alone, as the specification of ONNX has them.
internal sealed partial class OnnxNumbers
{
    // The numbers that onnx.proto has for the types of whole numbers.
    private static readonly long[] s_wholeTypes = [2, 3, 4, 5, 6, 7, 12, 13];

    private WeightArray Compute(OnnxOperation operation, IReadOnlyList<WeightArray?> inputs)
    {
        switch (operation.Kind)
        {
            case "Constant" when operation.Numbers("value_ints") is { } numbers:
                return Row([.. numbers.Select(number => (float)number)]);
            case "Constant" when operation.Text("value_string", "").Length == 0:
                return new([], [operation.Single("value_float", operation.Number("value_int", 0))]);
            case "ConstantOfShape":
                var shape = Sizes(operation, First());
                float value = operation.Tensor("value") is { } tensor && Read(tensor).Values is [var only] ? only : 0;
                return new(shape, [.. Enumerable.Repeat(value, CountOf(operation, shape))]);
            case "Identity" or "Dropout":
                return First();
            case "Cast":
                return s_wholeTypes.Contains(operation.Number("to", 1)) ? new(First().Shape, Array.ConvertAll(First().Values, MathF.Truncate)) : First();
            case "Shape":
                return Row([.. First().Shape.Select(size => (float)size)]);
            case "Reshape":
                return Reshaped(operation, First(), inputs.ElementAtOrDefault(1) is { } given ? Whole(operation, given) : [.. operation.Numbers("shape") ?? []]);
            case "Flatten":
                return Row(First().Values);
            case "Squeeze":
                var left = Axes(operation, inputs.ElementAtOrDefault(1), First().Shape.Length);
                return left.TrueForAll(axis => First().Shape[axis] == 1)
                    ? new([.. First().Shape.Where((size, axis) => left.Count > 0 ? !left.Contains(axis) : size != 1)], First().Values)
                    : throw operation.Refused("takes out an axis of more than one number");
            case "Unsqueeze":
                return Unsqueezed(First(), Axes(operation, inputs.ElementAtOrDefault(1), First().Shape.Length + 1));
            case "Concat":
                return Concatenated(operation, [.. inputs.Select(input => input ?? throw Missing())]);
            case "Slice":
                return Sliced(operation, First(), inputs);
            case "Transpose":
                return Transposed(operation, First());
            case "Gather" when First().Shape.Length == 1 && operation.Number("axis", 0) == 0 && inputs.ElementAtOrDefault(1) is { } places:
                return new(places.Shape, [.. Whole(operation, places).Select(place => First().Values[Inside(place, First().Values.Length)])]);
            case "Add": return Elementwise((a, b) => a + b);
            case "Sub": return Elementwise((a, b) => a - b);
            case "Mul": return Elementwise((a, b) => a * b);
            case "Div": return Elementwise((a, b) => a / b);
            case "Sqrt": return new(First().Shape, Array.ConvertAll(First().Values, MathF.Sqrt));
            default:
                throw operation.Refused("computes with numbers alone, in a way that is not read");
        }

        WeightArray First() => inputs.ElementAtOrDefault(0) ?? throw Missing();

        StyleLabException Missing() => operation.Refused("lacks an input");

        int Inside(long place, int length) => place >= -length && place < length
            ? (int)(place < 0 ? place + length : place)
            : throw operation.Refused($"takes number {place} of {length}");

        WeightArray Elementwise(Func<float, float, float> of)
        {
            var (a, b) = (First(), inputs.ElementAtOrDefault(1) ?? throw Missing());
            if (b.Values is [var second])
                return new(a.Shape, Array.ConvertAll(a.Values, value => of(value, second)));
            if (a.Values is [var first])
                return new(b.Shape, Array.ConvertAll(b.Values, value => of(first, value)));
            return a.Shape.SequenceEqual(b.Shape) ? new(a.Shape, [.. a.Values.Zip(b.Values, of)])
                : throw operation.Refused($"computes with numbers of shapes {a} and {b}; read are equal ones, or a single number");
        }
    }

    private static WeightArray Row(float[] values) => new([values.Length], values);

    private static long[] Whole(OnnxOperation operation, WeightArray numbers) => Array.ConvertAll(numbers.Values,
        value => float.IsFinite(value) && value == MathF.Truncate(value) ? (long)value : throw operation.Refused("gets numbers that are not whole where sizes or places are expected"));

    private static int[] Sizes(OnnxOperation operation, WeightArray numbers) => Array.ConvertAll(Whole(operation, numbers),
        size => size is >= 0 and <= MostFolded ? (int)size : throw operation.Refused($"makes a size of {size}"));

    private static int CountOf(OnnxOperation operation, int[] shape)
    {
        double count = shape.Aggregate(1.0, (product, size) => product * size);
        return count <= MostFolded ? (int)count : throw operation.Refused($"makes more than {MostFolded} numbers");
    }

    /// <summary>Axes that are given as a setting or as an input; those from behind are counted from before.</summary>
    private static List<int> Axes(OnnxOperation operation, WeightArray? input, int dimensions) =>
        [.. (input is null ? operation.Numbers("axes") ?? [] : Whole(operation, input)).Select(axis => Axis(operation, axis, dimensions))];

    private static int Axis(OnnxOperation operation, long axis, int dimensions) => axis >= -dimensions && axis < dimensions
        ? (int)(axis < 0 ? axis + dimensions : axis)
        : throw operation.Refused($"works along axis {axis} of {dimensions}");

    private static WeightArray Unsqueezed(WeightArray numbers, List<int> axes)
    {
        var shape = numbers.Shape.ToList();
        foreach (int axis in axes.Order())
            shape.Insert(Math.Min(axis, shape.Count), 1);
        return new([.. shape], numbers.Values);
    }

    private static WeightArray Reshaped(OnnxOperation operation, WeightArray numbers, long[] shape)
    {
        // 0 keeps a size, and -1 is what is left.
        var sizes = shape.Select((size, axis) => size == 0 && axis < numbers.Shape.Length ? numbers.Shape[axis] : size).ToArray();
        double known = sizes.Where(size => size != -1).Aggregate(1.0, (product, size) => product * size);
        if (sizes.Count(size => size == -1) == 1 && known > 0 && numbers.Values.Length % known == 0)
            sizes[Array.IndexOf(sizes, -1)] = (long)(numbers.Values.Length / known);
        return sizes.All(size => size is >= 0 and <= int.MaxValue) && sizes.Aggregate(1.0, (product, size) => product * size) == numbers.Values.Length
            ? new([.. sizes.Select(size => (int)size)], numbers.Values)
            : throw operation.Refused($"gives {numbers.Values.Length} numbers the shape [{string.Join(", ", shape)}]");
    }

    private static WeightArray Concatenated(OnnxOperation operation, List<WeightArray> parts)
    {
        int axis = Axis(operation, operation.Number("axis", 0), parts[0].Shape.Length);
        if (parts.Exists(part => part.Shape.Length != parts[0].Shape.Length || part.Shape.Where((size, i) => i != axis && size != parts[0].Shape[i]).Any()))
            throw operation.Refused("puts together numbers of shapes that do not fit");
        int[] shape = [.. parts[0].Shape];
        shape[axis] = (int)Math.Min(parts.Sum(part => (long)part.Shape[axis]), MostFolded + 1);
        var values = new float[CountOf(operation, shape)];
        // Rows of a matrix whose columns are the axis and all after it.
        int rows = shape.Take(axis).Aggregate(1, (product, size) => product * size), width = rows == 0 ? 0 : values.Length / rows, at = 0;
        foreach (var part in parts)
        {
            int own = rows == 0 ? 0 : part.Values.Length / rows;
            for (int row = 0; row < rows; row++)
                part.Values.AsSpan(row * own, own).CopyTo(values.AsSpan(row * width + at));
            at += own;
        }
        return new(shape, values);
    }

    private static WeightArray Sliced(OnnxOperation operation, WeightArray numbers, IReadOnlyList<WeightArray?> inputs)
    {
        var starts = Given("starts", 1) ?? throw operation.Refused("lacks the places where its parts begin");
        var ends = Given("ends", 2) ?? throw operation.Refused("lacks the places where its parts end");
        var axes = Given("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        var steps = Given("steps", 4) ?? [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length || steps.Contains(0))
            throw operation.Refused("has places, axes and steps that do not fit together");
        int[] shape = [.. numbers.Shape], strides = StridesOf(numbers.Shape);
        int offset = 0;
        foreach (var (i, given) in axes.Index())
        {
            int axis = Axis(operation, given, shape.Length), size = numbers.Shape[axis];
            bool forwards = steps[i] > 0;
            long start = Clamped(starts[i], size, forwards ? 0 : -1, forwards ? size : size - 1), end = Clamped(ends[i], size, forwards ? 0 : -1, forwards ? size : size - 1);
            long step = Math.Clamp(steps[i], -MostFolded, MostFolded);
            shape[axis] = (int)Math.Max(0, forwards ? (end - start + step - 1) / step : (start - end - step - 1) / -step);
            offset += shape[axis] == 0 ? 0 : (int)start * strides[axis];
            strides[axis] *= (int)step;
        }
        return Gathered(numbers, shape, strides, offset);

        long[]? Given(string setting, int input) =>
            inputs.ElementAtOrDefault(input) is { } tensor ? Whole(operation, tensor) : operation.Numbers(setting)?.ToArray();

        static long Clamped(long place, int size, long least, long most) => Math.Clamp(place < 0 && place >= -size ? place + size : place < 0 ? least : place, least, most);
    }

    private static WeightArray Transposed(OnnxOperation operation, WeightArray numbers)
    {
        var order = operation.Numbers("perm")?.Select(axis => Axis(operation, axis, numbers.Shape.Length)).ToList()
            ?? [.. Enumerable.Range(0, numbers.Shape.Length).Reverse()];
        if (order.Count != numbers.Shape.Length || order.Distinct().Count() != order.Count)
            throw operation.Refused("orders its axes in a way that cannot be");
        int[] strides = StridesOf(numbers.Shape);
        return Gathered(numbers, [.. order.Select(axis => numbers.Shape[axis])], [.. order.Select(axis => strides[axis])], 0);
    }

    private static int[] StridesOf(int[] shape)
    {
        var strides = new int[shape.Length];
        for (int axis = shape.Length - 1, stride = 1; axis >= 0; stride *= Math.Max(1, shape[axis--]))
            strides[axis] = stride;
        return strides;
    }

    /// <summary>Numbers of a shape, each from where the strides lead.</summary>
    private static WeightArray Gathered(WeightArray numbers, int[] shape, int[] strides, int offset)
    {
        var values = new float[shape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++)
        {
            int at = offset, rest = i;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                at += rest % shape[axis] * strides[axis];
                rest /= shape[axis];
            }
            values[i] = numbers.Values[at];
        }
        return new(shape, values);
    }
}
