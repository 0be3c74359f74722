namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>The way of a user: the command is packed, installed as a tool, registers itself with Jupyter, and runs cells.</summary>
public sealed class PackedToolTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-tool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void AToolThatWasPackedAndInstalledRunsCells()
    {
        if (!Python.Has(output, "nbclient"))
            return;
        string packages = Path.Combine(_folder.FullName, "packages"), tools = Path.Combine(_folder.FullName, "tools");
        string environment = Directory.CreateDirectory(Path.Combine(_folder.FullName, "environment")).FullName;
        PackedFeed.Run("dotnet", "pack", Path.Combine(Repository.Folder, "src", "StyleLab.Cli"), "-c", Repository.Configuration, "--no-build", "-o", packages);
        PackedFeed.Run("dotnet", "tool", "install", "StyleLab.Cli", "--tool-path", tools, "--source", packages);
        PackedFeed.Run(Path.Combine(tools, "stylelab"), "kernel", "install", "--prefix", environment);

        string executed = Path.Combine(_folder.FullName, "executed.ipynb");
        (string, string)[] variables =
        [
            ("JUPYTER_PATH", Path.Combine(environment, "share", "jupyter")),
            ("JUPYTER_RUNTIME_DIR", Path.Combine(_folder.FullName, "runtime")),
            ("XDG_DATA_HOME", Path.Combine(_folder.FullName, "data")),
        ];
        var (exitCode, text) = Python.Run(
            variables, Python.Client("execute_notebook.py"), Python.Client(Path.Combine("notebooks", "dotnet-interactive.ipynb")), executed);
        Assert.True(exitCode == 0, text);
        Assert.Contains("<b>bold</b>", File.ReadAllText(executed), StringComparison.Ordinal);
    }
}
