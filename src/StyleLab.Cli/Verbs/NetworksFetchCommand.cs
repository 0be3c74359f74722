using StyleLab.Cli.Runs;
using System.CommandLine;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;
using StyleLab.Networks;

namespace StyleLab.Cli.Verbs;

/// <summary>Brings published networks to this computer.</summary>
internal sealed class NetworksFetchCommand : Verb
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Names from `stylelab networks list`. They are kept in the user's cache, or in the folder STYLELAB_CACHE, "
            + "and come from where they were published, or from the mirror STYLELAB_NETWORKS_URL.",
        Arity = ArgumentArity.OneOrMore,
    };

    public NetworksFetchCommand() : base("fetch",
        "Download published networks and check them. An interrupted download goes on where it ended.")
    {
        Add(_names);
        SetAction((call, _) => FetchAsync([.. call.GetRequiredValue(_names).Select(Inputs.NetworkName)]));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab networks fetch vgg19",
        "STYLELAB_CACHE=/data/stylelab stylelab networks fetch vgg19 vgg16",
        "STYLELAB_NETWORKS_URL=https://mirror.example.org/networks stylelab networks fetch vgg19-caffe",
    ];

    private static async Task<int> FetchAsync(IReadOnlyList<string> names)
    {
        foreach (var name in names)
            if (NetworkCatalogue.Find(name) is not { } network)
                Console.WriteLine($"{name} · built in, nothing to fetch");
            else
            {
                var path = await FetchProgressBar.ShowAsync((progress, cancellation) => NetworkCatalogue.FetchAsync(network, progress, cancellation));
                Console.WriteLine($"{network.Name} · {path} · {ByteText.Of(new FileInfo(path).Length)}");
            }
        return ExitCode.Done;
    }
}
