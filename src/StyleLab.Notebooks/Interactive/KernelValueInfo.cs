namespace Microsoft.DotNet.Interactive;

/// <summary>A value that a kernel has.</summary>
/// <param name="name">The name of the variable.</param>
/// <param name="type">Its type; <c>object</c> where the language does not say.</param>
public sealed class KernelValueInfo(string name, Type type)
{
    public string Name { get; } = name;

    public Type Type { get; } = type;

    /// <summary>The name of the type as C# writes it.</summary>
    public string TypeName { get; } = StyleLab.Notebooks.TypeName.Of(type);

    public override string ToString() => $"{Name}: {TypeName}";
}
