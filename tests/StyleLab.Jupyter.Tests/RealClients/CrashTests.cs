using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace StyleLab.Jupyter.Tests.RealClients;

/// <summary>A kernel that dies in the middle of a cell, and the one that is started in its place.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-crash-");
    private readonly string _file;

    public CrashTests()
    {
        _file = Path.Combine(_folder.FullName, "connection.json");
        var listeners = Enumerable.Range(0, 5).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Stop());
        File.WriteAllText(_file, new JsonObject
        {
            ["transport"] = "tcp", ["ip"] = "127.0.0.1", ["key"] = "crash", ["signature_scheme"] = "hmac-sha256",
            ["shell_port"] = ports[0], ["control_port"] = ports[1], ["stdin_port"] = ports[2], ["iopub_port"] = ports[3], ["hb_port"] = ports[4],
        }.ToJsonString());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void TheKernelInItsPlaceTellsOfItOnce()
    {
        using (var first = StartKernel())
        using (var client = Connect(first))
        {
            client.Run("var kept = 1;");
            client.Execute("\nint Down(int n) => 1 + Down(n + 1);\nDown(0)");
            Assert.True(first.WaitForExit(TimeSpan.FromMinutes(1)), "The recursion did not end the process.");
        }

        using (var second = StartKernel())
        using (var client = Connect(second))
        {
            Assert.StartsWith("The kernel ended while Cell 2 ran, which begins with \"int Down(int n) => 1 + Down(n + 1);\", and was started anew: ",
                Stderr(client.Run("1 + 1").Outputs));
            Assert.Equal("", Stderr(client.Run("1 + 1").Outputs));
            second.Kill();
            second.WaitForExit();
        }

        // Nothing ran when it died.
        using (var third = StartKernel())
        using (var client = Connect(third))
        {
            Assert.Equal("", Stderr(client.Run("1 + 1").Outputs));
            third.Kill();
            third.WaitForExit();
        }
    }

    private static string Stderr(IEnumerable<KernelMessage> outputs) =>
        string.Concat(outputs.Where(output => (string?)output.Content["name"] == "stderr").Select(output => (string?)output.Content["text"]));

    private Process StartKernel()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "StyleLab.Cli.dll"), "kernel", "run", _file])
        {
            WorkingDirectory = _folder.FullName, RedirectStandardError = true,
        };
        start.Environment["JPY_PARENT_PID"] = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["XDG_DATA_HOME"] = _folder.FullName;
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        return process;
    }

    private JupyterClient Connect(Process kernel)
    {
        while (true)
        {
            try
            {
                return new JupyterClient(ConnectionFile.Load(_file), "crash");
            }
            catch (SocketException)
            {
                Assert.False(kernel.HasExited, "The kernel did not start.");
                Thread.Sleep(100);
            }
        }
    }
}
