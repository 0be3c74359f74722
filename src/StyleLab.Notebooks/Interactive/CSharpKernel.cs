using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>Runs C# cells and has their variables.</summary>
public sealed class CSharpKernel : Kernel
{
    internal CSharpKernel()
        : base(Language.CSharp.Name)
    {
    }

    /// <summary>The value of a variable.</summary>
    /// <returns>Whether there is one of that name and type.</returns>
    public bool TryGetValue<T>(string name, out T value)
    {
        bool isThere = GetValueInfos().Any(known => known.Name == name) && Session.Value(Name, name) is T;
        value = isThere ? (T)Session.Value(Name, name)! : default!;
        return isThere;
    }

    /// <summary>The variables that cells have declared.</summary>
    public IReadOnlyCollection<KernelValueInfo> GetValueInfos() => Session.ValueInfos(Name);

    /// <summary>Declares a variable for the cells below.</summary>
    public Task SetValueAsync(string name, object? value, Type? declaredType = null) => Session.SetValueAsync(Name, name, value);
}
