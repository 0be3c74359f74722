using System.Reflection;
using Mono.Cecil;

namespace StyleLab.Notebooks;

/// <summary>The members of <see cref="CellStop"/>, as a module refers to them.</summary>
internal sealed class StopCalls(ModuleDefinition module)
{
    // By what is awaited, and whether it is configured.
    private static readonly Dictionary<(string Type, string Method), MethodInfo> Awaits =
        typeof(CellStop).GetMethods().Where(method => method.Name is nameof(CellStop.Watch) or nameof(CellStop.ConfigureAwait))
            .ToDictionary(method => (AwaitedType(method), method.Name == nameof(CellStop.Watch) ? "GetAwaiter" : "ConfigureAwait"));

    private readonly Dictionary<MethodInfo, MethodReference> _awaits = [];
    private readonly Dictionary<string, MethodReference> _named = [];

    public FieldReference Flag { get; } = module.ImportReference(typeof(StopFlag).GetField(nameof(StopFlag.Cells))!);

    /// <summary>A method that has no other of its name beside it.</summary>
    public MethodReference Named(string name)
    {
        if (!_named.TryGetValue(name, out var method))
            method = _named[name] = module.ImportReference(typeof(CellStop).GetMethod(name)!);
        return method;
    }

    /// <summary>What is to be called where a method prepares an await; null if it does not.</summary>
    public MethodReference? ForAwait(MethodReference called)
    {
        if (called.Name is not ("GetAwaiter" or "ConfigureAwait") || !called.HasThis
            || (called.HasParameters && called.Parameters[0].ParameterType.MetadataType != MetadataType.Boolean)
            || !Awaits.TryGetValue((called.DeclaringType.GetElementType().FullName, called.Name), out var ours))
            return null;

        if (!_awaits.TryGetValue(ours, out var reference))
            reference = _awaits[ours] = module.ImportReference(ours);
        if (called.DeclaringType is not GenericInstanceType awaited)
            return reference;
        return new GenericInstanceMethod(reference) { GenericArguments = { awaited.GenericArguments[0] } };
    }

    private static string AwaitedType(MethodInfo method)
    {
        var type = method.GetParameters()[0].ParameterType;
        type = type.IsByRef ? type.GetElementType()! : type;
        return $"{type.Namespace}.{type.Name}";
    }
}
