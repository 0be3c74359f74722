using System.Reflection;

namespace StyleLab.Notebooks;

/// <summary>Members of types that are known by name only.</summary>
internal static class Members
{
    /// <summary>The value of a public property or field.</summary>
    /// <exception cref="NotSupportedException">There is none of that name.</exception>
    public static object? Get(object owner, string name)
    {
        var property = owner.GetType().GetProperties().FirstOrDefault(p => p.Name == name && p.GetIndexParameters().Length == 0);
        return property != null ? property.GetValue(owner) : (owner.GetType().GetField(name) ?? throw Missing(owner.GetType(), name)).GetValue(owner);
    }

    /// <summary>Calls a public method that takes these arguments first; what else it takes is left at its default.</summary>
    /// <exception cref="NotSupportedException">There is none like that.</exception>
    public static object? Call(object owner, string method, params object?[] arguments) =>
        Invoke(owner.GetType(), owner, method, arguments);

    /// <summary>The same, of a static method.</summary>
    public static object? CallStatic(Type type, string method, params object?[] arguments) => Invoke(type, null, method, arguments);

    /// <summary>A type beside another.</summary>
    /// <exception cref="NotSupportedException">There is none of that name.</exception>
    public static Type TypeBeside(Type type, string name) =>
        SelfAndBases(type).Select(known => known.Assembly.GetType(name)).FirstOrDefault(found => found != null) ?? throw Missing(type, name);

    /// <summary>A value of an enumeration beside a type.</summary>
    public static object EnumBeside(Type type, string name, string value) => Enum.Parse(TypeBeside(type, name), value);

    private static object? Invoke(Type type, object? owner, string method, object?[] arguments)
    {
        var flags = BindingFlags.Public | BindingFlags.FlattenHierarchy | (owner == null ? BindingFlags.Static : BindingFlags.Instance);
        var found = type.GetMethods(flags)
            .Where(candidate => candidate.Name == method && !candidate.IsGenericMethodDefinition && Takes(candidate.GetParameters(), arguments))
            .MinBy(candidate => candidate.GetParameters().Length) ?? throw Missing(type, method);
        return found.Invoke(owner, [.. arguments, .. found.GetParameters().Skip(arguments.Length).Select(p => p.DefaultValue)]);
    }

    private static bool Takes(ParameterInfo[] parameters, object?[] arguments) =>
        parameters.Length >= arguments.Length && parameters.Skip(arguments.Length).All(p => p.IsOptional)
        && parameters.Zip(arguments).All(pair => pair.Second == null ? !pair.First.ParameterType.IsValueType : pair.First.ParameterType.IsInstanceOfType(pair.Second));

    private static IEnumerable<Type> SelfAndBases(Type type)
    {
        for (Type? current = type; current != null; current = current.BaseType)
            yield return current;
    }

    private static NotSupportedException Missing(Type type, string name) =>
        new($"this version of {type.Assembly.GetName().Name} has no {type.Name}.{name}");
}
