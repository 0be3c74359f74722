using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using StyleLab.Tensors.Engines;

namespace StyleLab.ApiPage;

/// <summary>One type on the page.</summary>
internal static class TypeEntry
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What the compiler writes for every record, and what every object has.
    private static readonly HashSet<string> s_given =
        ["Equals", "GetHashCode", "ToString", "Deconstruct", "<Clone>$", "op_Equality", "op_Inequality", "GetType", "MoveNext",
            "EqualityContract", "PrintMembers", "Finalize", "MemberwiseClone"];

    public static void Write(StringBuilder text, Type type, Documentation documentation)
    {
        text.Append($"\n### {Signature.NameOf(type)}\n`{Signature.Of(type)}`");
        AddText(text, documentation.Summary(type));
        text.Append('\n');
        foreach (var member in Members(type).Select(Documented))
        {
            text.Append($"- `{Signature.Of(member)}`");
            string summary = documentation.Summary(member);
            // A property that a record's first line declares is told among its parameters.
            AddText(text, summary.Length > 0 ? summary : documentation.Parameter(type, member.Name));
            text.Append('\n');
            AddParameters(text, member, documentation);
        }
        foreach (var nested in type.GetNestedTypes().Where(nested => !IsOfCompiler(nested)).OrderBy(nested => nested.Name, StringComparer.Ordinal))
            Write(text, nested, documentation);
    }

    /// <summary>Of a member of an extension the one that the compiler files it under: in a type without a name that can be written.</summary>
    private static MemberInfo Documented(MemberInfo member) => member is MethodInfo { IsStatic: true, DeclaringType: { } type }
        ? type.GetNestedTypes().Where(IsOfCompiler).SelectMany(nested => nested.GetMethods(Declared))
            .FirstOrDefault(other => other.Name == member.Name && Signature.Of(other) == Signature.Of(member)) ?? member
        : member;

    private static bool IsOfCompiler(Type type) => type.Name.Contains('<');

    // An engine's operations are told with the interface.
    private static bool IsOperation(Type type, MemberInfo member) => !type.IsInterface
        && typeof(IEngine).IsAssignableFrom(type) && member is MethodInfo && typeof(IEngine).GetMethod(member.Name) is not null;

    private static void AddText(StringBuilder text, string summary)
    {
        if (summary.Length > 0)
            text.Append(" — ").Append(summary);
    }

    private static void AddParameters(StringBuilder text, MemberInfo member, Documentation documentation)
    {
        if (member is not MethodBase method)
            return;
        var told = method.GetParameters().Select(parameter => (parameter.Name, Text: documentation.Parameter(member, parameter.Name!)))
            .Where(parameter => parameter.Text.Length > 0).ToList();
        if (told.Count > 0)
            text.Append($"  <br>{string.Join(" · ", told.Select(parameter => $"*{parameter.Name}*: {parameter.Text}"))}\n");
    }

    private static IEnumerable<MemberInfo> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            return [];
        if (type.IsEnum)
            return type.GetFields(BindingFlags.Public | BindingFlags.Static);
        bool isRecord = Signature.IsRecord(type);
        return type.GetMembers(Declared)
            .Where(member => IsForCallers(member) && !IsOperation(type, member))
            .Where(member => !s_given.Contains(member.Name) && !member.Name.Contains('.') && !Attribute.IsDefined(member, typeof(CompilerGeneratedAttribute)))
            .Where(member => member is not MethodInfo { IsSpecialName: true } method || method.Name.StartsWith("op_", StringComparison.Ordinal))
            .Where(member => member is not Type and not EventInfo { AddMethod: null })
            .Where(member => !(isRecord && member is ConstructorInfo constructor && Signature.Primary(type) == constructor))
            .OrderBy(member => member switch { FieldInfo => 0, ConstructorInfo => 1, PropertyInfo => 2, EventInfo => 3, MethodInfo { IsSpecialName: true } => 5, _ => 4 })
            .ThenBy(member => member is MethodInfo { IsStatic: false } or PropertyInfo { GetMethod.IsStatic: false } ? 1 : 0)
            .ThenBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(Signature.Of, StringComparer.Ordinal);
    }

    /// <summary>Public, or for those who derive from a type that is open to it.</summary>
    private static bool IsForCallers(MemberInfo member) => member switch
    {
        FieldInfo field => field.IsPublic,
        PropertyInfo property => IsForCallers((property.GetMethod ?? property.SetMethod)!),
        EventInfo e => IsForCallers(e.AddMethod!),
        MethodBase method => method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed),
        _ => false,
    };
}
