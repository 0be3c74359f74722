using System.Collections.Concurrent;
using System.Reflection;

namespace StyleLab.Notebooks;

/// <summary>
/// Gives the code of F# cells the assemblies that C# cells have loaded. F# Interactive would load each file once more, and its types
/// would not be those of C# cells.
/// </summary>
internal static class SharedAssemblies
{
    private static readonly ConcurrentDictionary<Script, bool> Offering = new();

    private static int s_isAsked;

    /// <summary>From now on, what a session references is found by name.</summary>
    public static void Offer(Script script)
    {
        Offering[script] = true;
        if (Interlocked.Exchange(ref s_isAsked, 1) == 0)
            AppDomain.CurrentDomain.AssemblyResolve += Find;
    }

    /// <summary>The session is over.</summary>
    public static void Forget(Script script) => Offering.TryRemove(script, out _);

    private static Assembly? Find(object? sender, ResolveEventArgs asked) =>
        Offering.Keys.Select(script => script.FindAssembly(new AssemblyName(asked.Name).Name!)).FirstOrDefault(found => found != null);
}
