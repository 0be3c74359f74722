using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StyleLab.Notebooks;

/// <summary>Turns the value of a <c>-p name=value</c> into a C# literal of the type that the notebook
/// declares.</summary>
internal static class ParameterValue
{
    private const NumberStyles Digits = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <param name="name">For the error message.</param>
    /// <param name="value">What the user typed.</param>
    /// <param name="type">The C# keyword of the declared type; null if it is not a built-in one.</param>
    /// <exception cref="NotebookException">The value is not of that type.</exception>
    public static string ToLiteral(string name, string value, string? type)
    {
        string? literal = type switch
        {
            "string" => Quote(value),
            "bool" => bool.TryParse(value, out bool truth) ? (truth ? "true" : "false") : null,
            "byte" => Integer<byte>(value, ""),
            "sbyte" => Integer<sbyte>(value, ""),
            "short" => Integer<short>(value, ""),
            "ushort" => Integer<ushort>(value, ""),
            "int" => Integer<int>(value, ""),
            "uint" => Integer<uint>(value, "u"),
            "long" => Integer<long>(value, "L"),
            "ulong" => Integer<ulong>(value, "UL"),
            "float" => Number(value, "f"),
            "double" => Number(value, "d"),
            "decimal" => Number(value, "m"),
            "char" => value.Length == 1 ? SymbolDisplay.FormatLiteral(value[0], quote: true) : null,
            _ => Guess(value),
        };
        return literal ?? throw new NotebookException(
            $"The parameter {name} is declared as {type}, and \"{value}\" is no {type}; " +
            $"give a value such as {name}={Example(type!)}.");
    }

    /// <summary>The built-in type a literal in the notebook has, to type a <c>var</c>.</summary>
    public static string? TypeOf(ExpressionSyntax? initializer) => initializer switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => TypeOf(minus.Operand),
        InterpolatedStringExpressionSyntax => "string",
        LiteralExpressionSyntax literal => literal.Token.Value switch
        {
            string => "string", bool => "bool", char => "char", int => "int", uint => "uint", long => "long",
            ulong => "ulong", float => "float", double => "double", decimal => "decimal", _ => null,
        },
        _ => null,
    };

    private static string Guess(string value)
    {
        if (value == "null")
            return value;
        if (bool.TryParse(value, out bool truth))
            return truth ? "true" : "false";
        return Integer<int>(value, "") ?? Integer<long>(value, "L") ?? Number(value, "d") ?? Quote(value);
    }

    private static string? Integer<T>(string value, string suffix)
        where T : IBinaryInteger<T> =>
        T.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T? number)
            ? number.ToString(null, CultureInfo.InvariantCulture) + suffix
            : null;

    private static string? Number(string value, string suffix) =>
        double.TryParse(value, Digits, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? value.TrimStart('+') + suffix
            : null;

    private static string Quote(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    private static string Example(string type) => type switch
    {
        "bool" => "true",
        "char" => "x",
        "float" or "double" or "decimal" => "0.5",
        _ => "10",
    };
}
