using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace StyleLab.ApiPage;

/// <summary>The XML documentation beside an assembly, as one line of Markdown for each thing asked for.</summary>
internal sealed partial class Documentation
{
    private readonly Dictionary<string, XElement> _members;

    public Documentation(Assembly assembly)
    {
        string path = Path.ChangeExtension(assembly.Location, ".xml");
        _members = XDocument.Load(path).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
    }

    public string Summary(MemberInfo member) => Line(_members.GetValueOrDefault(Id(member))?.Element("summary"));

    public string Parameter(MemberInfo member, string name) =>
        Line(_members.GetValueOrDefault(Id(member))?.Elements("param").FirstOrDefault(param => param.Attribute("name")?.Value == name));

    /// <summary>The name by which the compiler files a member's documentation.</summary>
    private static string Id(MemberInfo member) => member switch
    {
        Type type => "T:" + NameOf(type),
        FieldInfo field => $"F:{NameOf(field.DeclaringType!)}.{field.Name}",
        PropertyInfo property => $"P:{NameOf(property.DeclaringType!)}.{property.Name}{Parameters(property.GetIndexParameters())}",
        EventInfo e => $"E:{NameOf(e.DeclaringType!)}.{e.Name}",
        ConstructorInfo constructor => $"M:{NameOf(constructor.DeclaringType!)}.#ctor{Parameters(constructor.GetParameters())}",
        MethodInfo method => $"M:{NameOf(method.DeclaringType!)}.{method.Name}{(method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "")}"
            + Parameters(method.GetParameters())
            + (method.Name is "op_Implicit" or "op_Explicit" ? "~" + NameOf(method.ReturnType) : ""),
        _ => "",
    };

    private static string Parameters(ParameterInfo[] parameters) => parameters.Length == 0
        ? ""
        : $"({string.Join(',', parameters.Select(parameter => NameOf(parameter.ParameterType)))})";

    private static string NameOf(Type type)
    {
        if (type.IsByRef)
            return NameOf(type.GetElementType()!) + "@";
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        string prefix = type.DeclaringType is { } outer ? NameOf(outer) + "." : type.Namespace + ".";
        return type.IsGenericType && !type.IsGenericTypeDefinition
            ? $"{prefix}{type.Name.Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(NameOf))}}}"
            : prefix + type.Name;
    }

    private static string Line(XElement? element) => element is null ? "" : Spaces().Replace(Text(element), " ").Trim();

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
            text.Append(node switch
            {
                XText words => Escape(words.Value),
                XElement { Name.LocalName: "see" or "seealso" } see => Reference(see),
                XElement { Name.LocalName: "paramref" or "typeparamref" } name => $"`{name.Attribute("name")?.Value}`",
                XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "item" } item => $" · {Text(item)}",
                XElement { Name.LocalName: "description" } description => $" {Text(description)}",
                XElement other => Text(other),
                _ => "",
            });
        return text.ToString();
    }

    /// <summary><c>M:StyleLab.Loss.Style(StyleLab.Picture)</c> is Loss.Style, and <c>T:StyleLab.Picture</c> is Picture.</summary>
    private static string Reference(XElement see)
    {
        if (see.Attribute("cref")?.Value is not { } cref)
            return see.Attribute("href") is { } link ? $"<{link.Value}>" : $"`{see.Attribute("langword")?.Value}`";
        var names = Arity().Replace(cref[2..].Split('(')[0], "").Replace(".#ctor", "").Split('.');
        return $"`{string.Join('.', names.TakeLast(cref[0] == 'T' ? 1 : 2))}`";
    }

    private static string Escape(string text) => text.Replace("<", "&lt;").Replace("*", "\\*").Replace("_", "\\_");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"``?\d+")]
    private static partial Regex Arity();
}
