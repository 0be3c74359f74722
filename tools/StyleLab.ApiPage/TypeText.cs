using System.Reflection;
using System.Runtime.CompilerServices;

namespace StyleLab.ApiPage;

/// <summary>Types as C# writes them where they are used: keywords, question marks, names of tuple elements.</summary>
internal static class TypeText
{
    private static readonly NullabilityInfoContext s_nullability = new();

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(int)] = "int", [typeof(long)] = "long", [typeof(float)] = "float",
        [typeof(double)] = "double", [typeof(string)] = "string", [typeof(object)] = "object", [typeof(char)] = "char", [typeof(uint)] = "uint", [typeof(ulong)] = "ulong",
    };

    public static string Of(Type type) => Write(type, null, new([]));

    public static string Of(ParameterInfo parameter) => Write(parameter.ParameterType, s_nullability.Create(parameter), NamesIn(parameter));

    public static string Of(PropertyInfo property) => Write(property.PropertyType, s_nullability.Create(property), NamesIn(property));

    public static string Of(FieldInfo field) => Write(field.FieldType, s_nullability.Create(field), NamesIn(field));

    private static Queue<string?> NamesIn(ICustomAttributeProvider place) =>
        new(place.GetCustomAttributes(typeof(TupleElementNamesAttribute), false) is [TupleElementNamesAttribute names] ? names.TransformNames : []);

    private static string Write(Type type, NullabilityInfo? nullability, Queue<string?> names)
    {
        if (type.IsByRef)
            return Write(type.GetElementType()!, nullability?.ElementType, names);
        string mark = nullability is { ReadState: NullabilityState.Nullable } && !type.IsValueType ? "?" : "";
        if (type.IsArray)
            return Write(type.GetElementType()!, nullability?.ElementType, names) + "[]" + mark;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Write(inner, null, names) + "?";
        if (s_keywords.TryGetValue(type, out string? keyword))
            return keyword + mark;
        if (type.IsGenericParameter || !type.IsGenericType)
            return (type.DeclaringType is { } outer && !type.IsGenericParameter ? Of(outer) + "." : "") + type.Name + mark;
        var arguments = type.GetGenericArguments();
        if (type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal))
        {
            // The names of a tuple come before those of the tuples inside it.
            var own = arguments.Select(_ => names.TryDequeue(out string? name) ? name : null).ToList();
            return $"({string.Join(", ", arguments.Select((argument, i) => Argument(argument, i) + (own[i] is { } name ? " " + name : "")))})";
        }
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments.Select(Argument))}>{mark}";

        string Argument(Type argument, int i) => Write(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(i), names);
    }
}
