using System.Globalization;

namespace StyleLab.Weights.Numpy;

/// <summary>What the header of an array says: <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (64, 3, 3, 3), }</c>.</summary>
internal sealed record NumpyHeader(NumberType Type, bool IsFortranOrder, IReadOnlyList<long> Shape)
{
    private static readonly Dictionary<string, NumberType> _types = new()
    {
        ["f8"] = NumberType.Float64, ["f4"] = NumberType.Float32, ["f2"] = NumberType.Float16,
        ["i8"] = NumberType.Int64, ["i4"] = NumberType.Int32, ["i2"] = NumberType.Int16, ["i1"] = NumberType.Int8,
        ["u8"] = NumberType.UInt64, ["u4"] = NumberType.UInt32, ["u2"] = NumberType.UInt16, ["u1"] = NumberType.UInt8,
        ["b1"] = NumberType.Bool, ["c8"] = new("complex64", 8, null), ["c16"] = new("complex128", 16, null),
    };

    /// <exception cref="InvalidDataException">The text has another form, or the type is not one of numbers.</exception>
    public static NumpyHeader Parse(string text)
    {
        var (type, fortran, shape) = ((string?)null, (bool?)null, (IReadOnlyList<long>?)null);
        var rest = text.AsSpan().Trim(" \n");
        Expect(ref rest, '{');
        while (!TryTake(ref rest, '}'))
        {
            var key = TakeText(ref rest);
            Expect(ref rest, ':');
            switch (key)
            {
                case "descr": type = TakeText(ref rest); break;
                case "fortran_order": fortran = TakeWord(ref rest) switch { "True" => true, "False" => false, _ => null }; break;
                case "shape": shape = TakeShape(ref rest); break;
                default: throw Wrong();
            }
            if (!TryTake(ref rest, ','))
            {
                Expect(ref rest, '}');
                break;
            }
        }
        if (type is null || fortran is null || shape is null || !rest.IsEmpty)
            throw Wrong();
        return new(TypeOf(type), fortran.Value, shape);
    }

    private static NumberType TypeOf(string text)
    {
        if (text.Length > 1 && _types.TryGetValue(text[1..], out var type) && text[0] is '<' or '|' or '=' or '>')
            return text[0] == '>' ? _types[text[1..]].BigEndian : _types[text[1..]];
        throw new InvalidDataException(text.StartsWith("|O", StringComparison.Ordinal)
            ? "it holds Python objects; only numbers are read."
            : $"it holds values of type {Quoted.Text(text)}; only numbers are read.");
    }

    private static List<long> TakeShape(ref ReadOnlySpan<char> rest)
    {
        var shape = new List<long>();
        Expect(ref rest, '(');
        while (!TryTake(ref rest, ')'))
        {
            if (!long.TryParse(TakeWord(ref rest), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size))
                throw Wrong();
            shape.Add(size);
            if (!TryTake(ref rest, ','))
            {
                Expect(ref rest, ')');
                break;
            }
        }
        return shape;
    }

    private static string TakeText(ref ReadOnlySpan<char> rest)
    {
        // A type of several fields is a list, which no text begins.
        if (rest.StartsWith("["))
            throw new InvalidDataException("it holds records of several fields; only numbers are read.");
        Expect(ref rest, '\'');
        var end = rest.IndexOf('\'');
        if (end < 0)
            throw Wrong();
        var text = rest[..end].ToString();
        rest = rest[(end + 1)..].TrimStart(' ');
        return text;
    }

    private static string TakeWord(ref ReadOnlySpan<char> rest)
    {
        var length = rest.IndexOfAny(",) }");
        if (length <= 0)
            throw Wrong();
        var word = rest[..length].ToString();
        rest = rest[length..].TrimStart(' ');
        return word;
    }

    private static void Expect(ref ReadOnlySpan<char> rest, char c)
    {
        if (!TryTake(ref rest, c))
            throw Wrong();
    }

    private static bool TryTake(ref ReadOnlySpan<char> rest, char c)
    {
        if (rest.IsEmpty || rest[0] != c)
            return false;
        rest = rest[1..].TrimStart(' ');
        return true;
    }

    private static InvalidDataException Wrong() =>
        new("its header is not of the form {'descr': '<f4', 'fortran_order': False, 'shape': (64, 3)}.");
}
