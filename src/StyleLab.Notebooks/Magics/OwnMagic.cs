using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Directives;

namespace StyleLab.Notebooks;

/// <summary>Magic commands that the notebook itself has added (<see cref="Kernel.AddDirective{TCommand}"/>).</summary>
internal static class OwnMagic
{
    /// <exception cref="NotebookException">Its arguments are wrong.</exception>
    public static void Run(IMagicCell cell, KernelDirective directive, string text)
    {
        // The one that a word without a name means comes first.
        var parameters = directive.Parameters.OrderByDescending(parameter => parameter.AllowImplicitName).ToList();
        string[] flags = [.. parameters.Where(parameter => parameter.Flag).Select(Bare)];
        var arguments = new MagicArguments(directive.Name[2..], text, [.. parameters.Select(Bare)], flags);
        foreach (var parameter in parameters.Where(parameter => parameter.Required))
            arguments.Required(Bare(parameter));
        cell.RunStoppably(() => directive.Run!(arguments.Values, KernelInvocationContext.Current!));
    }

    private static string Bare(KernelDirectiveParameter parameter) => parameter.Name.TrimStart('-');
}
