using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Verbs;

/// <summary>The loss networks: which there are, what each is, and how they come to this computer.</summary>
internal static class NetworksCommand
{
    public static VerbGroup Create() => new("networks", "Show the loss networks, and bring published ones to this computer.")
    {
        new NetworksListCommand(),
        new NetworksDescribeCommand(),
        new NetworksFetchCommand(),
        new NetworksVerifyCommand(),
        new NetworksImportCommand(),
    };
}
