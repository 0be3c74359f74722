namespace StyleLab.Notebooks;

/// <summary>Names of types as C# writes them: <c>int</c>, <c>List&lt;string&gt;</c>, <c>float[]</c>.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(char)] = "char",
        [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint",
        [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(decimal)] = "decimal", [typeof(string)] = "string", [typeof(object)] = "object", [typeof(void)] = "void",
    };

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (type.IsArray)
            return OfArray(type);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying) + "?";
        if (type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal))
            return "anonymous";
        if (!type.IsGenericType)
            return type.Name;
        string name = type.Name.Split('`')[0];
        return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }

    // The brackets of the outer array stand first: int[][,] has items of int[,].
    private static string OfArray(Type type)
    {
        string brackets = "";
        for (; type.IsArray; type = type.GetElementType()!)
            brackets += $"[{new string(',', type.GetArrayRank() - 1)}]";
        return Of(type) + brackets;
    }
}
