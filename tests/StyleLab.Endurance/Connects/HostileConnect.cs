using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using StyleLab.Jupyter;
using StyleLab.Jupyter.Tests;
using StyleLab.Jupyter.Tests.Zmtp;
using Xunit.Sdk;

namespace StyleLab.Endurance.Connects;

/// <summary>One way to connect to a kernel that is none of a client's.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Run">Does it; gives what was wrong, or null.</param>
internal sealed record HostileConnect(string Name, Func<ConnectionFile, Random, string?> Run)
{
    private static readonly string[] Requests =
        ["kernel_info_request", "execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request", "comm_info_request", "comm_msg", "input_reply", ""];

    public static IReadOnlyList<HostileConnect> All { get; } =
    [
        new("garbage", (kernel, random) => Raw(kernel, random, peer => peer.Send(Bytes(random, random.Next(1, 3000))))),
        new("half a greeting", (kernel, random) => Raw(kernel, random, peer => peer.Send(RawPeer.Greeting()[..random.Next(64)]))),
        new("wrong greeting", (kernel, random) => Raw(kernel, random, peer => peer.Send([.. Mutated(RawPeer.Greeting(), random), .. RawPeer.Ready("DEALER")]))),
        new("half a handshake", (kernel, random) => Raw(kernel, random, peer =>
        {
            byte[] ready = RawPeer.Ready("DEALER", "half");
            peer.Send([.. RawPeer.Greeting(), .. ready[..random.Next(ready.Length)]]);
        })),
        new("wrong handshake", (kernel, random) => Raw(kernel, random, peer => peer.Send([.. RawPeer.Greeting(), .. Mutated(RawPeer.Ready("DEALER", "wrong"), random)]))),
        new("broken frames", (kernel, random) => Raw(kernel, random, peer =>
            peer.Send([.. RawPeer.Greeting(), .. RawPeer.Ready("DEALER"), .. Mutated(RawPeer.Message(Signed(random, KeyOf(kernel), mutate: false)), random)]))),
        new("wrong signature", (kernel, random) => Unanswered(kernel, Signed(random, $"not {random.Next()}", mutate: false))),
        new("no signature", (kernel, random) => Unanswered(kernel, [.. Signed(random, "", mutate: false).Select((frame, i) => i == 1 ? [] : frame)])),
        new("mutated signed request", (kernel, random) => Raw(kernel, random, peer =>
            peer.Send([.. RawPeer.Greeting(), .. RawPeer.Ready("DEALER"), .. RawPeer.Message(Signed(random, KeyOf(kernel), mutate: true))]))),
    ];

    private static string KeyOf(ConnectionFile kernel) => kernel.Key;

    // Any channel; what is answered is not read, and the end comes when it comes.
    private static string? Raw(ConnectionFile kernel, Random random, Action<RawPeer> send)
    {
        int[] ports = [kernel.ShellPort, kernel.ControlPort, kernel.StdinPort, kernel.IopubPort, kernel.HeartbeatPort];
        using var peer = new RawPeer(JupyterClient.At(ports[random.Next(ports.Length)]));
        try
        {
            send(peer);
            peer.HasInput(random.Next(3));
        }
        catch (SocketException)
        {
            // It was disconnected before it had said all.
        }

        return null;
    }

    private static string? Unanswered(ConnectionFile kernel, byte[][] message)
    {
        try
        {
            using var peer = RawPeer.Connected(JupyterClient.At(kernel.ShellPort), "DEALER");
            peer.SendMessage(message);
            return peer.HasInput(20) ? "a message without the right signature was answered" : null;
        }
        catch (Exception refused) when (refused is XunitException or SocketException)
        {
            return $"a connection was refused: {refused.Message}";
        }
    }

    private static byte[][] Signed(Random random, string key, bool mutate)
    {
        var header = new JsonObject
        {
            ["msg_id"] = $"hostile-{random.Next()}", ["session"] = "hostile", ["username"] = "x", ["version"] = "5.3",
            ["msg_type"] = Requests[mutate ? random.Next(Requests.Length) : 0],
        };
        var content = new JsonObject { ["code"] = "1 + 1", ["cursor_pos"] = 3, ["detail_level"] = 1, ["silent"] = false, ["comm_id"] = "none", ["data"] = new JsonObject(), ["hist_access_type"] = "tail", ["n"] = 3, ["user_expressions"] = new JsonObject { ["a"] = "1" } };
        byte[][] frames = [Text(header), "{}"u8.ToArray(), "{}"u8.ToArray(), Text(content)];
        if (mutate)
        {
            int chosen = random.Next(frames.Length);
            frames[chosen] = Mutated(frames[chosen], random);
        }

        byte[] signature = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), frames.SelectMany(frame => frame).ToArray())));
        return ["<IDS|MSG>"u8.ToArray(), signature, .. frames];
    }

    private static byte[] Text(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutated(byte[] bytes, Random random)
    {
        var mutated = bytes.ToList();
        for (int changes = random.Next(1, 5); changes > 0 && mutated.Count > 0; changes--)
        {
            int at = random.Next(mutated.Count);
            switch (random.Next(4))
            {
                case 0:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 2:
                    mutated.RemoveRange(at, Math.Min(random.Next(1, 9), mutated.Count - at));
                    break;
                default:
                    mutated.InsertRange(at, Bytes(random, random.Next(1, 9)));
                    break;
            }
        }

        return [.. mutated];
    }
}
