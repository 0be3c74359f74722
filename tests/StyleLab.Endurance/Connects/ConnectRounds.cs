using StyleLab.Cli.Parsing;
using System.Diagnostics;
using System.Net.Sockets;
using StyleLab.Endurance.Interrupts;
using StyleLab.Jupyter.Tests;
using StyleLab.Jupyter.Tests.Zmtp;
using Xunit.Sdk;

namespace StyleLab.Endurance.Connects;

/// <summary>Hostile connections, crowds, restarts and dead parents; after each of them the kernel still serves its client.</summary>
internal static class ConnectRounds
{
    private const int Clients = 50;
    private const int IdlePeers = 300;

    // A crowd, a restart and a dead parent take as long as hundreds of connections.
    private const int RoundsOfAKernel = 50;
    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(30);

    /// <param name="rounds">How often each kind connects.</param>
    /// <param name="seed">Chooses what is sent.</param>
    /// <param name="progress">Is told what went wrong.</param>
    public static ConnectTable Run(int rounds, int seed, TextWriter progress)
    {
        var table = new ConnectTable(seed);
        var random = new Random(seed);
        for (int round = 0; round < rounds; round += RoundsOfAKernel)
        {
            using var kernel = new KernelProcess();
            kernel.Client.Run("var kept = 42;");
            for (int i = 0; i < Math.Min(RoundsOfAKernel, rounds - round); i++)
            {
                foreach (var kind in HostileConnect.All)
                    Try(kind.Name, kernel, () => kind.Run(kernel.Connection, random));
            }

            Try("idle connections at the limit", kernel, () => Crowd(kernel, random));
            Try($"{Clients} clients at once", kernel, () => ManyClients(kernel), Clients);
            Try("restart", kernel, () => Restart(kernel, random));
            Try("parent killed", null, ParentKilled);
        }

        return table;

        void Try(string kind, KernelProcess? kernel, Func<string?> connect, int times = 1)
        {
            string? wrong;
            try
            {
                wrong = connect() ?? (kernel == null || kind == "restart" ? null : Answers(kernel));
            }
            catch (Exception failed) when (failed is SocketException or XunitException or IOException)
            {
                wrong = failed.Message;
            }

            bool died = wrong != null && kernel is { HasDied: true };
            table.Add(kind, times, wrong != null && !died ? 1 : 0, died ? 1 : 0);
            if (wrong != null)
                progress.WriteLine($"{kind}: {wrong}");
            if (died)
                throw new InvalidOperationException($"The kernel ended at '{kind}': {kernel!.Errors.Result}");
        }
    }

    private static string? Answers(KernelProcess kernel)
    {
        var (reply, outputs) = kernel.Client.Run("kept");
        string? value = outputs.Find(message => message.Type == "execute_result")?.Content["data"]?["text/plain"]?.ToString();
        return (string?)reply["status"] == "ok" && value == "42" ? null : $"the next cell gave '{value}' {reply["evalue"]}";
    }

    private static string? Crowd(KernelProcess kernel, Random random)
    {
        var connection = kernel.Connection;
        (int Port, string Type)[] channels =
            [(connection.ShellPort, "DEALER"), (connection.ControlPort, "DEALER"), (connection.StdinPort, "DEALER"), (connection.IopubPort, "SUB"), (connection.HeartbeatPort, "REQ")];
        var idle = new List<RawPeer>();
        try
        {
            foreach (var (port, type) in channels)
            {
                for (int i = 0; i < IdlePeers; i++)
                    idle.Add(random.Next(4) == 0 ? new RawPeer(JupyterClient.At(port)) : RawPeer.Connected(JupyterClient.At(port), type));
            }

            using var late = new JupyterClient(connection, $"late-{random.Next()}");
            return (string?)late.Run("kept").Reply["status"] == "ok" ? null : "a new client was not served";
        }
        finally
        {
            idle.ForEach(peer => peer.Dispose());
        }
    }

    private static string? ManyClients(KernelProcess kernel)
    {
        var clients = Enumerable.Range(0, Clients).Select(i => new JupyterClient(kernel.Connection, $"client-{i}")).ToList();
        var asked = clients.Select(client => client.Execute("kept")).ToList();
        var answers = clients.Select(client => client.Receive(client.Shell)).ToList();
        clients.ForEach(client => client.Dispose());
        return answers.Zip(asked).All(pair => pair.First.ParentId == pair.Second && (string?)pair.First.Content["status"] == "ok")
            ? null : "not all clients were answered";
    }

    private static string? Restart(KernelProcess kernel, Random random)
    {
        if (random.Next(2) == 0)
            kernel.Client.Execute("while (true) { }");
        kernel.Client.Send(kernel.Client.Control, "shutdown_request", new() { ["restart"] = true });
        if (kernel.Client.Receive(kernel.Client.Control).Type != "shutdown_reply")
            return "the shutdown was not answered";
        if (!kernel.HasEnded(ToEnd))
            return "the kernel did not end";
        return kernel.ExitCode == 0 ? null : $"the kernel ended with {kernel.ExitCode}";
    }

    private static string? ParentKilled()
    {
        using var parent = Process.Start("sleep", "600");
        using var kernel = new KernelProcess(parent.Id);
        kernel.Client.Execute("while (true) { }");
        parent.Kill();
        parent.WaitForExit();
        return kernel.HasEnded(ToEnd) ? null : "the kernel outlived its parent";
    }
}
