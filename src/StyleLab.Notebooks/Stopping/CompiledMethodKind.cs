using Mono.Cecil;

namespace StyleLab.Notebooks;

/// <summary>What a compiled method is, as far as checks are concerned.</summary>
internal enum CompiledMethodKind
{
    /// <summary>Written by the user, or the part of an asynchronous method that starts it.</summary>
    Ordinary,

    /// <summary>The statements of the cell itself.</summary>
    TopLevel,

    /// <summary>The body of an asynchronous method: what it throws must come to its own task.</summary>
    Async,

    /// <summary>The body of an iterator.</summary>
    Iterator,

    /// <summary>The finally block of an iterator.</summary>
    Cleanup,

    /// <summary>Made by the compiler and short, or must not throw.</summary>
    Untouched,
}

internal static class CompiledMethodKinds
{
    private const string Generated = "System.Runtime.CompilerServices.CompilerGeneratedAttribute";
    private const string FromNative = "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute";

    public static CompiledMethodKind Of(MethodDefinition method)
    {
        var type = method.DeclaringType;
        bool isAsync = type.Interfaces.Any(implemented => implemented.InterfaceType.Name == "IAsyncStateMachine");
        if (isAsync || (type.Name.StartsWith('<') && type.Name.Contains(">d", StringComparison.Ordinal)))
        {
            if (method.Name.StartsWith("<>m__Finally", StringComparison.Ordinal))
                return CompiledMethodKind.Cleanup;
            if (method.Name != "MoveNext")
                return CompiledMethodKind.Untouched;
            if (!isAsync)
                return CompiledMethodKind.Iterator;
            return type.Name.StartsWith("<<Initialize>>", StringComparison.Ordinal) ? CompiledMethodKind.TopLevel : CompiledMethodKind.Async;
        }

        // A type whose static constructor was stopped could never be used again.
        if (method is { IsConstructor: true, IsStatic: true } || Has(method, FromNative))
            return CompiledMethodKind.Untouched;

        // Accessors of automatic properties, members of records; but local functions have the attribute as well.
        return Has(method, Generated) && !method.Name.StartsWith('<') ? CompiledMethodKind.Untouched : CompiledMethodKind.Ordinary;
    }

    private static bool Has(MethodDefinition method, string attribute) =>
        method.HasCustomAttributes && method.CustomAttributes.Any(a => a.AttributeType.FullName == attribute);
}
