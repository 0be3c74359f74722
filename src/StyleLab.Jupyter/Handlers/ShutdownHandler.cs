using System.Text.Json.Nodes;
using StyleLab.Jupyter.Messages;

namespace StyleLab.Jupyter.Handlers;

/// <summary>Says that the kernel will end. It ends when the reply is on its way; a restart is then up to the client.</summary>
internal static class ShutdownHandler
{
    public const string RequestType = "shutdown_request";

    public static JsonObject? Handle(Request request) =>
        new() { ["status"] = "ok", ["restart"] = request.Flag("restart", false) };
}
