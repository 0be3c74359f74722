using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace StyleLab.Jupyter;

/// <summary>Where a kernel is to listen and how messages are signed; a Jupyter client writes it before it starts a
/// kernel.</summary>
/// <param name="Transport">"tcp" or "ipc".</param>
/// <param name="Ip">The address to listen on; for ipc the beginning of the path of each socket.</param>
/// <param name="ShellPort">Port of the shell channel; 0 for any that is free, as for the other ports.</param>
/// <param name="ControlPort">Port of the control channel.</param>
/// <param name="StdinPort">Port of the stdin channel.</param>
/// <param name="IopubPort">Port of the iopub channel.</param>
/// <param name="HeartbeatPort">Port of the heartbeat.</param>
/// <param name="Key">Key of the signatures; empty for none.</param>
public sealed record ConnectionFile(
    string Transport, string Ip, int ShellPort, int ControlPort, int StdinPort, int IopubPort, int HeartbeatPort,
    string Key)
{
    private const string OnlyScheme = "hmac-sha256";

    /// <exception cref="KernelException">There is no such file, or it is no connection file.</exception>
    public static ConnectionFile Load(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            string scheme = Text(root, "signature_scheme", OnlyScheme);
            if (scheme != OnlyScheme)
                throw new KernelException($"{path} asks for signatures by {scheme}; this kernel signs with {OnlyScheme}.");
            return new ConnectionFile(
                Text(root, "transport", "tcp"), Text(root, "ip", "127.0.0.1"),
                Port("shell_port"), Port("control_port"), Port("stdin_port"), Port("iopub_port"), Port("hb_port"),
                Text(root, "key", ""));

            int Port(string name) => root.GetProperty(name).GetInt32() is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort and var port
                ? port
                : throw new KernelException($"{path} names the port {root.GetProperty(name).GetInt32()} as {name}; ports are numbers from 0 to {IPEndPoint.MaxPort}.");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new KernelException($"Cannot read the connection file {path}: {failed.Message}", failed);
        }
        catch (Exception failed) when (failed is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new KernelException(
                $"{path} is not a connection file: it must be a JSON object with the ports of the five channels, " +
                "as Jupyter writes it when it starts a kernel.", failed);
        }
    }

    /// <summary>The address of one channel.</summary>
    internal EndPoint Address(int port)
    {
        if (Transport is not ("tcp" or "ipc"))
            throw new KernelException($"The connection file asks for the transport '{Transport}'; this kernel has tcp and ipc.");
        if (Transport == "tcp" && Ip == "*")
            return new IPEndPoint(IPAddress.Any, port);
        if (Transport == "tcp" && IPAddress.TryParse(Ip, out var address))
            return new IPEndPoint(address, port);
        try
        {
            if (Transport == "ipc")
                return new UnixDomainSocketEndPoint($"{Ip}-{port}");
            return new IPEndPoint(Dns.GetHostAddresses(Ip, AddressFamily.InterNetwork)[0], port);
        }
        catch (Exception failed) when (failed is SocketException or IndexOutOfRangeException or ArgumentException)
        {
            throw new KernelException($"The connection file names the address '{Ip}', which is not known here.", failed);
        }
    }

    private static string Text(JsonElement root, string name, string absent) =>
        root.TryGetProperty(name, out var value) ? value.GetString() ?? absent : absent;
}
