using StyleLab.Cli.Parsing;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using StyleLab.Jupyter;
using StyleLab.Jupyter.Tests;

namespace StyleLab.Endurance.Interrupts;

/// <summary>A kernel as Jupyter starts it, and a client of it.</summary>
internal sealed class KernelProcess : IDisposable
{
    private static readonly TimeSpan ToStart = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-endurance-");
    private readonly Process _process;

    /// <param name="parent">The process that it is to end with; this one if not given.</param>
    public KernelProcess(int? parent = null)
    {
        string file = Path.Combine(_folder.FullName, "connection.json");
        int[] ports = FreePorts(5);
        File.WriteAllText(file, new JsonObject
        {
            ["transport"] = "tcp", ["ip"] = "127.0.0.1", ["key"] = Key, ["signature_scheme"] = "hmac-sha256",
            ["shell_port"] = ports[0], ["control_port"] = ports[1], ["stdin_port"] = ports[2], ["iopub_port"] = ports[3], ["hb_port"] = ports[4],
        }.ToJsonString());

        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "StyleLab.Cli.dll"), "kernel", "run", file])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardError = true,
        };
        start.Environment["JPY_PARENT_PID"] = (parent ?? Environment.ProcessId).ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["XDG_DATA_HOME"] = _folder.FullName;
        _process = Process.Start(start)!;
        Errors = _process.StandardError.ReadToEndAsync();
        Connection = ConnectionFile.Load(file);
        Client = Connect();
    }

    public static string Key => "endurance";

    /// <summary>Where it listens.</summary>
    public ConnectionFile Connection { get; }

    /// <summary>Resident memory in MB.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    public JupyterClient Client { get; }

    /// <summary>What the process has written when it ended.</summary>
    public Task<string> Errors { get; }

    public bool HasDied => _process.WaitForExit(500);

    /// <summary>Whether the process ends within a time.</summary>
    public bool HasEnded(TimeSpan within) => _process.WaitForExit(within);

    public int ExitCode => _process.ExitCode;

    /// <summary>How many cells run without checks because putting them in failed.</summary>
    public int UncheckedCells()
    {
        const string Question =
            "(int)typeof(StyleLab.Notebooks.CellStop).Assembly.GetType(\"StyleLab.Notebooks.StopChecks\").GetProperty(\"Failures\").GetValue(null)";
        var result = Client.Run(Question).Outputs.Single(message => message.Type == "execute_result");
        return int.Parse(result.Content["data"]!["text/plain"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }

    private JupyterClient Connect()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new JupyterClient(Connection, "endurance");
            }
            catch (SocketException) when (clock.Elapsed < ToStart)
            {
                if (_process.HasExited)
                    throw new InvalidOperationException($"The kernel ended before it served anybody: {Errors.Result}");
                Thread.Sleep(100);
            }
        }
    }
}
