using System.Reflection;
using System.Text.Json.Nodes;
using StyleLab.Jupyter.Messages;

namespace StyleLab.Jupyter.Handlers;

/// <summary>Says what this kernel is and which language it speaks.</summary>
internal static class KernelInfoHandler
{
    private static readonly string Version =
        typeof(KernelInfoHandler).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    public static JsonObject? Handle(Request request) => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = MessageCodec.ProtocolVersion,
        ["implementation"] = "stylelab",
        ["implementation_version"] = Version,
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
        },
        ["banner"] = $"StyleLab {Version}: C# 14 on .NET {Environment.Version}",
        ["help_links"] = new JsonArray(
            HelpLink("C# language", "https://learn.microsoft.com/dotnet/csharp/"),
            HelpLink(".NET library", "https://learn.microsoft.com/dotnet/api/")),
        ["debugger"] = false,
        ["supported_features"] = new JsonArray(),
    };

    private static JsonObject HelpLink(string text, string url) => new() { ["text"] = text, ["url"] = url };
}
