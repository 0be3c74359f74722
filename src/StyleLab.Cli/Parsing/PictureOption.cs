using System.CommandLine;

namespace StyleLab.Cli.Parsing;

/// <summary>Options that all verbs which make pictures have, with the same words.</summary>
internal static class PictureOption
{
    public static Option<string> Output() => new("--output", "-o")
    {
        Description = "File to write: .png (carries the recipe), .jpg or .jpeg.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "out.png",
    };

    public static Option<string> Layers(string description, string standard) => new("--layers")
    {
        Description = description,
        HelpName = "LAYERS",
        DefaultValueFactory = _ => standard,
    };

    public static Option<bool> Json() => new("--json") { Description = "Print the outcome as one JSON object." };
}
