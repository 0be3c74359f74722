using System.Diagnostics;

namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>The kernel as <c>stylelab kernel install</c> registers it, in a folder of its own.</summary>
public sealed class InstalledKernel : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-installed-");

    private readonly (string, string)[] _more;

    public InstalledKernel() : this([]) { }

    /// <param name="more">Variables of the environment beside those of <see cref="Environment"/>.</param>
    internal InstalledKernel(params (string Name, string Value)[] more)
    {
        _more = more;
        Assert.Equal(0, Stylelab("kernel", "install").ExitCode);
    }

    /// <summary>Somewhere to write to.</summary>
    public string Folder => _folder.FullName;

    public string Kernels => Path.Combine(Folder, "jupyter", "kernels");

    /// <summary>What makes Jupyter, and the command, use only this folder.</summary>
    public (string Name, string Value)[] Environment =>
    [
        ("JUPYTER_DATA_DIR", Path.Combine(Folder, "jupyter")),
        ("JUPYTER_CONFIG_DIR", Path.Combine(Folder, "config")),
        ("JUPYTER_RUNTIME_DIR", Path.Combine(Folder, "runtime")),
        ("XDG_DATA_HOME", Path.Combine(Folder, "data")),
        .. _more,
    ];

    /// <summary>Runs the command.</summary>
    public (int ExitCode, string Output) Stylelab(params string[] arguments)
    {
        var call = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "StyleLab.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
            call.Environment[name] = value;
        using var process = Process.Start(call)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
