using System.Reflection;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks;

/// <summary>
/// What a package does to a notebook when it is installed, as in .NET Interactive: the extensions in the assemblies of its
/// <c>interactive-extensions/dotnet</c> are loaded, then the cells of <c>extension.dib</c> there are run.
/// </summary>
internal static class PackageExtension
{
    private const string Interface = "Microsoft.DotNet.Interactive.IKernelExtension";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void Run(IMagicCell cell, ResolvedPackage package)
    {
        string folder = Path.Combine(package.Folder, "interactive-extensions", "dotnet");
        if (!Directory.Exists(folder))
            return;
        foreach (string file in Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal))
            RunAssembly(cell, package, file);
        string script = Path.Combine(folder, "extension.dib");
        if (File.Exists(script))
        {
            cell.Show(new MimeBundle { { MimeTypes.Markdown, $"Loading extension script from `{script}`" } });
            Import.RunNotebook(cell, script);
        }
    }

    // The package can be used without what its extension does, so that nothing here ends the cell.
    private static void RunAssembly(IMagicCell cell, ResolvedPackage package, string file)
    {
        var sent = new List<(string Code, string? Language)>();
        var context = CellContext.Required;
        var runInside = context.RunInside;

        // No code of the cell runs yet, which what is sent could be a part of.
        context.RunInside = Keep;
        Exception? problem = null;
        var thread = new Thread(() =>
        {
            try
            {
                Load(cell.Script, file).GetAwaiter().GetResult();
            }
            catch (Exception thrown)
            {
                problem = thrown.GetBaseException();
            }
        })
        {
            IsBackground = true, Name = $"extension of {package.Name}",
        };
        thread.Start();
        bool ended = Ends(thread, cell.Cancellation);
        context.RunInside = runInside;
        if (!ended)
        {
            Tell($"it has not ended within {Patience.TotalSeconds:0} s");
            return;
        }

        if (problem != null && !KnownValues.AreOf(package.Name))
            Tell($"{TypeName.Of(problem.GetType())}: {problem.Message.ReplaceLineEndings(" ").TrimEnd('.')}");
        foreach (var (code, language) in sent)
            cell.RunCode(code, language, Path.GetFileName(file));

        Task Keep(string code, string? language)
        {
            sent.Add((code, language));
            return Task.CompletedTask;
        }

        void Tell(string why) => cell.Show(new MimeBundle
        {
            { MimeTypes.PlainText, $"The extension {Path.GetFileName(file)} of {package.Name} does not work here ({why}); the library can be used." },
        });
    }

    /// <returns>Whether the thread ended in time.</returns>
    private static bool Ends(Thread thread, CancellationToken cancellation)
    {
        var step = TimeSpan.FromMilliseconds(50);
        for (var waited = TimeSpan.Zero; waited < Patience; waited += step)
        {
            if (thread.Join(step))
                return true;
            cancellation.ThrowIfCancellationRequested();
        }

        return false;
    }

    private static async Task Load(Script script, string file)
    {
        foreach (var type in TypesOf(script.Load(file)).Where(type => type is { IsAbstract: false, ContainsGenericParameters: false }))
        {
            if (type.GetInterfaces().FirstOrDefault(implemented => implemented.FullName == Interface) is not { } extension)
                continue;
            object instance = Activator.CreateInstance(type)!;
            if (instance is IKernelExtension ours)
            {
                using (ExtensionFormatters.Registering())
                    await ours.OnLoadAsync(Kernel.Root).ConfigureAwait(false);
            }
            else
                await BroughtKernel.Of(extension.Assembly).LoadAsync(extension, instance).ConfigureAwait(false);
        }
    }

    // Some may need what nobody has brought.
    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException some)
        {
            return some.Types.OfType<Type>();
        }
    }
}
