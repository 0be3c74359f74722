using System.CommandLine;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;

namespace StyleLab.Cli.Verbs;

/// <summary>Takes in the published file of a network that came to this computer by another way.</summary>
internal sealed class NetworksImportCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file as it was published, such as vgg19-dcbb9e9d.pth; it stays where it is. Any other file of weights needs no import: give its path wherever a network is asked for." };

    public NetworksImportCommand() : base("import",
        "Take in the published file of a network, so that it can be used by name without a download.")
    {
        Add(_file);
        SetAction((call, _) => ImportAsync(call.GetRequiredValue(_file)));
    }

    public override IReadOnlyList<string> Examples => ["stylelab networks import /media/usb/vgg19-dcbb9e9d.pth"];

    private static async Task<int> ImportAsync(string path)
    {
        if (!File.Exists(path))
            throw new WrongCallException(Directory.Exists(path)
                ? $"{path} is a folder: give the path of a network's file in it."
                : $"{path} does not exist (looked for {Path.GetFullPath(path)}).");
        var network = await FetchProgressBar.ShowAsync((progress, cancellation) => NetworkCatalogue.ImportAsync(path, progress, cancellation));
        Console.WriteLine($"{network.Name} · from {path} · in {NetworkCatalogue.Folder}");
        return ExitCode.Done;
    }
}
