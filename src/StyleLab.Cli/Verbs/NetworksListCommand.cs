using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using StyleLab.Cli.Parsing;
using StyleLab.Networks;

namespace StyleLab.Cli.Verbs;

/// <summary>Which networks can be used by name.</summary>
internal sealed class NetworksListCommand : Verb
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true };

    private readonly Option<bool> _json = new("--json") { Description = "Print everything that is known about them as one JSON array." };

    public NetworksListCommand() : base("list", "List the networks that can be used by name.")
    {
        Add(_json);
        SetAction(call =>
        {
            if (call.GetValue(_json))
                Console.WriteLine(JsonSerializer.Serialize(LossNetwork.Names.Select(Facts), s_options));
            else
                foreach (var name in LossNetwork.Names)
                    Console.WriteLine(Line(name));
            return ExitCode.Done;
        });
    }

    public override IReadOnlyList<string> Examples => ["stylelab networks list", "stylelab networks list --json"];

    private static string Line(string name)
    {
        var published = NetworkCatalogue.Find(name);
        var architecture = published is null ? LossNetwork.Load(name).Architecture : published.Architecture;
        var size = architecture is null ? "not run by this version" : string.Create(CultureInfo.InvariantCulture,
            $"{architecture.Convolutions.Count(),2} convolutions  {LayerCost.Of(architecture).Sum(layer => layer.Parameters) / 1e6,4:0.0} M parameters");
        var place = published is null ? "built in"
            : NetworkCatalogue.IsFetched(published) ? "on this computer"
            : published.Bytes is { } bytes ? $"to be fetched, {ByteText.Of(bytes)}" : "to be fetched";
        return $"{name,-13}  {size}  {place}";
    }

    private static object Facts(string name) => NetworkCatalogue.Find(name) is not { } network ? new { name, builtIn = true } : new
    {
        name,
        builtIn = false,
        fetched = NetworkCatalogue.IsFetched(network),
        architecture = network.ArchitectureName,
        url = network.Url.ToString(),
        bytes = network.Bytes,
        sha256 = network.Sha256,
        sha256Start = network.Sha256Start,
        input = network.Input.ToString(),
        licence = network.Licence,
        training = network.Training,
        note = network.Note,
    };
}
