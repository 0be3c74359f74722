using StyleLab.Cli.Runs;
using System.CommandLine;
using StyleLab.Cli.Parsing;
using StyleLab.Networks;

namespace StyleLab.Cli.Verbs;

/// <summary>What a network is.</summary>
internal sealed class NetworksDescribeCommand : Verb
{
    public NetworksDescribeCommand() : base("describe",
        "Describe a network: its layers with size, reach and cost, and where its weights came from.")
    {
        var network = new Argument<string>("NAME|FILE") { Description = "A name from `stylelab networks list`, or a file of weights (.safetensors, .pth, .npz, .onnx)." };
        Add(network);
        SetAction(call =>
        {
            var name = call.GetRequiredValue(network);
            Console.WriteLine(NetworkCatalogue.Find(name) is { } published && !NetworkCatalogue.IsFetched(published)
                ? string.Join('\n', Facts(published))
                : Inputs.Network(name).Describe());
            return ExitCode.Done;
        });
    }

    public override IReadOnlyList<string> Examples =>
        ["stylelab networks describe vgg19-slim", "stylelab networks describe vgg19", "stylelab networks describe weights/vgg19-dcbb9e9d.pth"];

    /// <summary>What is known of a network before it is here.</summary>
    private static IEnumerable<string> Facts(PublishedNetwork network)
    {
        yield return $"{network.Name}: not on this computer; `stylelab networks fetch {network.Name}` brings it.";
        yield return "";
        yield return $"architecture  {network.ArchitectureName}{(network.Architecture is null ? ", which this version of StyleLab does not run" : "")}";
        yield return $"input         {network.Input}";
        yield return $"published     {network.Url}{(network.Bytes is { } bytes ? $", {ByteText.Of(bytes)}" : "")}";
        yield return $"hash          {network.HashText}";
        yield return $"trained on    {network.Training}";
        yield return $"licence       {network.Licence}";
        if (network.Note is { } note)
            yield return $"note          {note}";
        yield return $"folder        {NetworkCatalogue.Folder} (the published file may be put there)";
    }
}
