using System.Globalization;

namespace StyleLab.Figures;

/// <summary>Numbers as people read them: 0.0123, 1,250, 1.25×10⁻⁵.</summary>
internal static class NumberText
{
    /// <summary>A value rounded to so many significant digits.</summary>
    public static string Value(double value, int digits = 4)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "∞" : "−∞";
        if (value == 0)
            return "0";
        // Rounded first: 9.9999 becomes 10, which has one digit more before the point.
        double rounded = double.Parse(Format(value, $"E{digits - 1}"), CultureInfo.InvariantCulture);
        int power = Power(rounded);
        return power is >= -4 and < 7
            ? Plain(rounded, Math.Max(0, digits - 1 - power)).TrimZeros()
            : Scientific(rounded, power, digits - 1);
    }

    /// <summary>Labels for evenly spaced ticks, with the same number of decimals.</summary>
    public static string[] Ticks(IReadOnlyList<double> values, double step)
    {
        double largest = values.Max(Math.Abs);
        int stepPower = Power(step * 1.0000001);
        if (largest == 0 || (largest < 1e6 && stepPower >= -4))
            return [.. values.Select(v => Plain(v, Math.Max(0, -stepPower)))];
        int power = Power(largest);
        return [.. values.Select(v => v == 0 ? "0" : Scientific(v, power, Math.Clamp(power - stepPower, 0, 12)))];
    }

    /// <summary>A power of ten, written 10ⁿ.</summary>
    public static string PowerOfTen(int power) => "10" + Superscript.Write(power);

    /// <summary>The exponent of the largest power of ten that is not above the size of a value.</summary>
    public static int Power(double value) => (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-12);

    private static string Scientific(double value, int power, int decimals) =>
        $"{Format(value / Math.Pow(10, power), $"F{decimals}").TrimZeros()}×{PowerOfTen(power)}";

    // Thousands are grouped from five digits on.
    private static string Plain(double value, int decimals) =>
        Format(value, (Math.Abs(value) >= 10_000 ? "N" : "F") + decimals);

    private static string Format(double value, string format) =>
        value.ToString(format, CultureInfo.InvariantCulture);

    private static string TrimZeros(this string number) =>
        number.Contains('.') ? number.TrimEnd('0').TrimEnd('.') : number;
}
