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

    public static Option<string> Network() => new("--network")
    {
        Description = "Loss network: a name from `stylelab networks list`, random weights such as vgg19-random:7, a file of weights, or a .json description.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => LossNetwork.Names[0],
    };

    public static Option<bool> Json() => new("--json") { Description = "Print the outcome as one JSON object." };

    /// <summary>A side in pixels; null if not given.</summary>
    public static Option<int?> Side(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, out int side) && side >= 1)
                return side;
            result.AddError($"{name} takes a whole number of at least 1, got '{result.Tokens[0].Value}'.");
            return null;
        },
    };
}
