using System.Globalization;
using System.Numerics;

namespace StyleLab.Weights.PyTorch;

/// <summary>Values that the oldest pickles (protocol 0) write as lines of text.</summary>
internal static class PickleText
{
    /// <summary>A whole number, with Python 2's L behind it perhaps; 00 and 01 are false and true.</summary>
    public static object Number(string line) => line switch
    {
        "00" => false,
        "01" => true,
        _ when BigInteger.TryParse(line.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
            number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number,
        _ => throw new InvalidDataException($"its pickle has the number {Quoted.Text(line)}."),
    };

    public static double Double(string line) => double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new InvalidDataException($"its pickle has the number {Quoted.Text(line)}.");

    /// <summary>A place in the memo.</summary>
    public static long Index(string line) => Number(line) as long? ?? throw new InvalidDataException("its pickle makes no sense; the file may be damaged.");

    /// <summary>A text in quotes. Escapes stay as they are: no name of a tensor needs them.</summary>
    public static string Unquoted(string line) => line.Length >= 2 && line[0] is '\'' or '"' && line[^1] == line[0]
        ? line[1..^1]
        : throw new InvalidDataException($"its pickle has the text {Quoted.Text(line)} without its quotes.");
}
