using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace StyleLab.ApiPage;

/// <summary>Types and members as C# would declare them, on one line.</summary>
internal static class Signature
{
    /// <summary>Picture, SeriesRun&lt;TItem, TResult&gt;, Outer.Inner.</summary>
    public static string NameOf(Type type)
    {
        string name = type.Name.Split('`')[0];
        if (type.IsGenericType)
            name += $"<{string.Join(", ", type.GetGenericArguments().Select(argument => argument.Name))}>";
        return type.DeclaringType is { } outer ? $"{NameOf(outer)}.{name}" : name;
    }

    public static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null;

    /// <summary>The constructor that a record's first line declares: the one whose parameters are all properties; null without one.</summary>
    public static ConstructorInfo? Primary(Type type) => type.GetConstructors()
        .Where(constructor => constructor.GetParameters().Length > 0
            && constructor.GetParameters().All(parameter => type.GetProperty(parameter.Name!)?.PropertyType == parameter.ParameterType))
        .MaxBy(constructor => constructor.GetParameters().Length);

    public static string Of(MemberInfo member) => member switch
    {
        Type type => OfType(type),
        FieldInfo { DeclaringType.IsEnum: true } value => value.Name,
        FieldInfo { IsLiteral: true } constant => $"const {TypeText.Of(constant)} {constant.Name} = {Value(constant.GetRawConstantValue(), constant.FieldType)}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{TypeText.Of(field)} {field.Name}",
        PropertyInfo property => OfProperty(property),
        EventInfo e => $"event {TypeText.Of(e.EventHandlerType!)} {e.Name}",
        ConstructorInfo constructor => $"{Access(constructor)}{NameOf(constructor.DeclaringType!).Split('<')[0]}({Parameters(constructor)})",
        MethodInfo method => OfMethod(method),
        _ => member.Name,
    };

    private static string OfType(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            return $"delegate {OfMethod(type.GetMethod("Invoke")!).Replace("Invoke(", NameOf(type) + "(")}";
        bool isRecord = IsRecord(type);
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface"
            : type.IsValueType ? (isRecord ? "record struct" : "struct") : isRecord ? "record" : "class";
        string modifier = type is { IsAbstract: true, IsSealed: true } ? "static " : type is { IsAbstract: true, IsInterface: false } ? "abstract " : "";
        string parameters = isRecord && Primary(type) is { } primary ? $"({Parameters(primary)})" : "";
        var parents = (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) ? new[] { parent } : [])
            .Concat(type.GetInterfaces().Where(i => i.IsPublic && !i.Name.StartsWith("IEquatable", StringComparison.Ordinal) && !IsInherited(i, type)))
            .Select(TypeText.Of).ToList();
        if (type.IsEnum)
            parents.Clear();
        return $"{modifier}{kind} {NameOf(type)}{parameters}{(parents.Count > 0 ? " : " + string.Join(", ", parents) : "")}";
    }

    private static bool IsInherited(Type contract, Type type) => type.BaseType?.GetInterfaces().Contains(contract) == true
        || type.GetInterfaces().Any(other => other.IsPublic && other != contract && other.GetInterfaces().Contains(contract));

    private static string OfProperty(PropertyInfo property)
    {
        var indices = property.GetIndexParameters();
        string name = indices.Length > 0 ? $"this[{string.Join(", ", indices.Select(OfParameter))}]" : property.Name;
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit") == true;
        string setter = property.SetMethod is not { IsPublic: true } ? "" : isInit ? " init;" : " set;";
        bool isRequired = property.IsDefined(typeof(RequiredMemberAttribute));
        var accessor = (property.GetMethod ?? property.SetMethod)!;
        return $"{Access(accessor)}{(accessor.IsStatic ? "static " : "")}{(isRequired ? "required " : "")}{TypeText.Of(property)} {name} {{ get;{setter} }}";
    }

    private static string OfMethod(MethodInfo method)
    {
        string returned = TypeText.Of(method.ReturnParameter);
        string name = method.Name;
        if (method is { IsSpecialName: true, IsStatic: true })
            return name is "op_Implicit" or "op_Explicit"
                ? $"{(name == "op_Implicit" ? "implicit" : "explicit")} operator {returned}({Parameters(method)})"
                : $"{returned} operator {Operator(name)}({Parameters(method)})";
        if (method.IsGenericMethod)
            name += $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>";
        bool isExtension = method.IsDefined(typeof(ExtensionAttribute));
        return $"{Access(method)}{(method.IsStatic ? "static " : method is { IsAbstract: true, DeclaringType.IsInterface: false } ? "abstract " : "")}{returned} {name}({(isExtension ? "this " : "")}{Parameters(method)})";
    }

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Operator(string name) => name switch
    {
        "op_Addition" => "+", "op_Subtraction" or "op_UnaryNegation" => "-", "op_Multiply" => "*", "op_Division" => "/",
        _ => name,
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(OfParameter));

    private static string OfParameter(ParameterInfo parameter)
    {
        string modifier = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params "
            : parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "";
        string value = parameter.HasDefaultValue ? $" = {Value(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{modifier}{TypeText.Of(parameter)} {parameter.Name}{value}";
    }

    private static string Value(object? value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => type.IsValueType && Nullable.GetUnderlyingType(type) is null && !type.IsPrimitive && !type.IsEnum ? "default" : "null",
            _ when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
            string text => $"\"{text}\"",
            bool truth => truth ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }
}
