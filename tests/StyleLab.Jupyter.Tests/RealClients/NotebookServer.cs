using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>Jupyter Notebook on a free port, showing one folder.</summary>
internal sealed class NotebookServer : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _log;

    private NotebookServer(InstalledKernel kernel, int port)
    {
        Url = $"http://127.0.0.1:{port}";
        _process = Python.Start(
            kernel.Environment, "-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={port}",
            "--port-retries=0", "--NotebookApp.token=", "--NotebookApp.password=", $"--notebook-dir={kernel.Folder}");
        _log = _process.StandardError.ReadToEndAsync();
    }

    public string Url { get; }

    public static async Task<NotebookServer> StartAsync(InstalledKernel kernel)
    {
        var server = new NotebookServer(kernel, FreePort());
        using var browser = new HttpClient();
        for (int attempt = 0; attempt < 200; attempt++)
        {
            Assert.False(server._process.HasExited, server._process.HasExited ? await server._log : "");
            try
            {
                using var answer = await browser.GetAsync(server.Url + "/api/kernelspecs");
                if (answer.IsSuccessStatusCode)
                    return server;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        server.Dispose();
        throw new TimeoutException("The notebook server did not start.");
    }

    /// <summary>Ends the server and with it the kernels it has started.</summary>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
