using StyleLab.Jupyter;

namespace StyleLab.Jupyter.Tests;

/// <summary>A kernel in this process, and clients that are connected to it.</summary>
public sealed class KernelFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-kernel-");
    private readonly List<JupyterClient> _clients = [];
    private readonly Kernel _kernel;
    private readonly Thread _thread;

    public KernelFixture(string? historyFile = null)
    {
        var connection = new ConnectionFile("tcp", "127.0.0.1", 0, 0, 0, 0, 0, Key);
        _kernel = new Kernel(connection, _folder.FullName, historyFile ?? Path.Combine(_folder.FullName, "history.jsonl"));
        _thread = new Thread(_kernel.Run) { IsBackground = true };
        _thread.Start();
    }

    public static string Key => "the key of the tests";

    /// <summary>The folder the cells run in.</summary>
    public string Folder => _folder.FullName;

    public ConnectionFile Connection => _kernel.Connection;

    public JupyterClient Connect(string identity = "client")
    {
        var client = new JupyterClient(Connection, identity);
        _clients.Add(client);
        return client;
    }

    /// <summary>True once the kernel has ended by itself.</summary>
    public bool HasEnded() => _thread.Join(TimeSpan.FromSeconds(20));

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _kernel.Dispose();
        _folder.Delete(recursive: true);
    }
}
