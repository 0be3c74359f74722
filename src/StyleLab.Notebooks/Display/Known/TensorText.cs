using System.Globalization;

namespace StyleLab.Notebooks;

/// <summary>Numbers of a tensor as PyTorch prints them: four places, or powers of ten where the sizes differ much; of a long axis the
/// first and last three.</summary>
internal sealed class TensorText
{
    private const int LineWidth = 80, Places = 4, Start = 7; // "tensor("

    private readonly long[] _shape;
    private readonly string[] _texts;
    private readonly bool[] _isCut;
    private readonly int _width;

    private TensorText(long[] shape, string[] texts, bool[] isCut)
    {
        (_shape, _texts, _isCut) = (shape, texts, isCut);
        _width = texts.Length == 0 ? 1 : texts.Max(text => text.Length);
    }

    /// <param name="shape">How many values each axis has.</param>
    /// <param name="values">Long, double; 0 and 1 where they are truth values.</param>
    /// <param name="isCut">For each axis, whether its middle is left out.</param>
    /// <param name="kind">What PyTorch calls the type.</param>
    /// <param name="suffix">What else is to be said.</param>
    public static string Of(long[] shape, object[] values, bool[] isCut, string kind, string suffix)
    {
        string type = kind is "float32" or "int64" or "bool" && values.Length > 0 || kind == "float32" ? "" : $", dtype=torch.{kind}";
        if (values.Length == 0)
            return $"tensor([], size=({string.Join(", ", shape)}{(shape.Length == 1 ? "," : "")}){type}{suffix})";
        string[] texts = kind == "bool" ? [.. values.Select(value => (long)value != 0 ? "True" : "False")]
            : values[0] is long ? [.. values.Select(value => ((long)value).ToString(CultureInfo.InvariantCulture))]
            : Texts([.. values.Cast<double>()]);
        return $"tensor({new TensorText(shape, texts, isCut).Axis(0, 0, Start)}{type}{suffix})";
    }

    /// <summary>What PyTorch calls a type; null for those that are shown as TorchSharp does.</summary>
    public static string? TorchName(string kind) => kind switch
    {
        "Byte" => "uint8",
        "Bool" => "bool",
        "Int8" or "Int16" or "Int32" or "Int64" or "Float16" or "Float32" or "Float64" or "BFloat16" => kind.ToLowerInvariant(),
        _ => null,
    };

    /// <summary>Whether values of a type are whole numbers or truth values.</summary>
    public static bool IsWhole(string kind) => kind is "Byte" or "Bool" or "Int8" or "Int16" or "Int32" or "Int64";

    private static string[] Texts(double[] values)
    {
        double[] sizes = [.. values.Where(value => double.IsFinite(value) && value != 0).Select(Math.Abs)];
        bool isWhole = sizes.All(size => size == Math.Ceiling(size));
        bool inPowers = sizes.Length > 0
            && (sizes.Max() / sizes.Min() > 1000 || sizes.Max() > 1e8 || (!isWhole && sizes.Min() < 1e-4));
        return [.. values.Select(Text)];

        string Text(double value)
        {
            if (!double.IsFinite(value))
                return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
            return inPowers ? Power(value)
                : isWhole ? value.ToString("F0", CultureInfo.InvariantCulture) + "."
                : value.ToString($"F{Places}", CultureInfo.InvariantCulture);
        }
    }

    // Two digits of the exponent at least.
    private static string Power(double value) => value.ToString($"0.{new string('0', Places)}e+00", CultureInfo.InvariantCulture);

    private string Axis(int axis, int first, int indent)
    {
        if (axis == _shape.Length)
            return _texts[first];
        if (axis == _shape.Length - 1)
            return Line(first, indent);
        int step = (int)_shape[(axis + 1)..].Aggregate(1L, (count, side) => count * side);
        var parts = Enumerable.Range(0, (int)_shape[axis]).Select(i => Axis(axis + 1, first + i * step, indent + 1)).ToList();
        if (_isCut[axis])
            parts.Insert(parts.Count / 2, "...");
        string between = $",{new string('\n', _shape.Length - 1 - axis)}{new string(' ', indent + 1)}";
        return $"[{string.Join(between, parts)}]";
    }

    private string Line(int first, int indent)
    {
        var parts = Enumerable.Range(first, (int)_shape[^1]).Select(i => _texts[i].PadLeft(_width)).ToList();
        if (_isCut[^1])
            parts.Insert(parts.Count / 2, " ...");
        int most = Math.Max(1, (LineWidth - indent) / (_width + 2));
        return $"[{string.Join($",\n{new string(' ', indent + 1)}", parts.Chunk(most).Select(line => string.Join(", ", line)))}]";
    }
}
