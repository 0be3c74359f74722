using Microsoft.CodeAnalysis.CSharp;

namespace StyleLab.Notebooks;

/// <summary>A value as an expression of C#, of the type that it has.</summary>
internal static class CSharpExpression
{
    private const string Take = "global::StyleLab.Notebooks.HandedValue.Take";

    /// <param name="value">The value.</param>
    /// <param name="script">The cells that are to have it; they see only some types.</param>
    public static string Of(object? value, Script script)
    {
        if (value == null)
            return "(object)null";
        var files = script.ReferencedFiles().ToHashSet();
        int number = HandedValue.Keep(value);
        string? name = NameOf(value.GetType(), files) ?? ItemsOf(value.GetType(), files);
        return name != null ? $"{Take}<{name}>({number})" : $"(dynamic){Take}<object>({number})";
    }

    /// <summary>Null if cells cannot name it.</summary>
    private static string? NameOf(Type type, IReadOnlySet<string> files)
    {
        if (type.IsArray)
            return ArrayName(type, files);
        if (!type.IsVisible || type.IsPointer || type.IsByRef || !IsSeen(type, files))
            return null;
        var arguments = new Queue<string?>(type.GetGenericArguments().Select(argument => NameOf(argument, files)));
        if (arguments.Contains(null))
            return null;
        var around = new Stack<Type>();
        for (Type? part = type; part != null; part = part.DeclaringType)
            around.Push(part);
        var names = around.Select(part => WithArguments(part, arguments)).ToList();
        return $"global::{(type.Namespace is { Length: > 0 } space ? $"{Escaped(space)}." : "")}{string.Join('.', names)}";
    }

    // The brackets of the outer array stand first: int[][,] has items of int[,].
    private static string? ArrayName(Type type, IReadOnlySet<string> files)
    {
        string brackets = "";
        for (; type.IsArray; type = type.GetElementType()!)
            brackets += $"[{new string(',', type.GetArrayRank() - 1)}]";
        return NameOf(type, files) is { } item ? item + brackets : null;
    }

    private static string WithArguments(Type type, Queue<string?> arguments)
    {
        if (type.Name.IndexOf('`') is not (> 0 and var tick))
            return Escaped(type.Name);
        int count = int.Parse(type.Name[(tick + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        return $"{Escaped(type.Name[..tick])}<{string.Join(", ", Enumerable.Range(0, count).Select(_ => arguments.Dequeue()))}>";
    }

    /// <summary>What reads its items, where the type itself is nobody's to name.</summary>
    private static string? ItemsOf(Type type, IReadOnlySet<string> files) => type.GetInterfaces()
        .Where(known => known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IEnumerable<>)).ToList() is [var only] ? NameOf(only, files) : null;

    private static bool IsSeen(Type type, IReadOnlySet<string> files) =>
        type.Assembly.Location is { Length: > 0 } file
        && (DotNet.Has(file) || files.Contains(file) || type.Assembly == typeof(CSharpExpression).Assembly);

    private static string Escaped(string names) =>
        string.Join('.', names.Split('.').Select(name => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name));
}
