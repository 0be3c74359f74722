using StyleLab.Cli.Parsing;
using System.CommandLine;
using System.Text.RegularExpressions;
using StyleLab.Jupyter;

namespace StyleLab.Cli.Verbs;

/// <summary>The options that say which kernels are meant, and where.</summary>
internal sealed partial class KernelPlace
{
    private readonly Option<bool> _user = new("--user") { Description = "In the current user's Jupyter folder; so without a place, too." };

    private readonly Option<string> _prefix = new("--prefix")
    {
        Description = "In a Python or conda environment, for example --prefix \"$CONDA_PREFIX\".",
        HelpName = "DIR",
    };

    private readonly Option<string> _name = new("--name")
    {
        Description = $"One kernel under this name instead of {KernelSpec.DotNetInteractive.Name} and {KernelSpec.CSharp.Name}.",
        HelpName = "NAME",
    };

    public KernelPlace(Command verb)
    {
        verb.Add(_user);
        verb.Add(_prefix);
        verb.Add(_name);
    }

    /// <summary>The folder of kernels.</summary>
    public string FolderOf(ParseResult call) => (call.GetValue(_user), call.GetValue(_prefix)) switch
    {
        (true, not null) => throw new WrongCallException("--user and --prefix name two places: give one of them."),
        (_, "") => throw new WrongCallException("--prefix needs the folder of an environment."),
        (_, { } prefix) when !Directory.Exists(prefix) => throw new WrongCallException($"The folder {prefix} does not exist: --prefix needs the folder of an environment."),
        (_, { } prefix) => JupyterFolders.OfPrefix(prefix),
        _ => JupyterFolders.OfUser,
    };

    public IReadOnlyList<KernelSpec> SpecsOf(ParseResult call)
    {
        if (call.GetValue(_name) is not { } name)
            return [KernelSpec.DotNetInteractive, KernelSpec.CSharp];
        if (!KernelName().IsMatch(name))
            throw new WrongCallException($"'{name}' cannot be the name of a kernel: only letters, digits, '.', '_' and '-' can be used.");
        return [KernelSpec.CSharp with { Name = name, DisplayName = $"C# ({name})" }];
    }

    // A name of dots only would be another folder.
    [GeneratedRegex(@"^(?!\.+$)[A-Za-z0-9._-]+$")]
    private static partial Regex KernelName();
}
