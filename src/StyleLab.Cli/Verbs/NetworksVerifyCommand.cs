using StyleLab.Cli.Runs;
using System.CommandLine;
using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Verbs;

/// <summary>Reads fetched networks again and says whether they are what was fetched.</summary>
internal sealed class NetworksVerifyCommand : Verb
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Names from `stylelab networks list`; all that are on this computer if none is given.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public NetworksVerifyCommand() : base("verify", "Check that fetched networks are undamaged.")
    {
        Add(_names);
        SetAction(call =>
        {
            var names = call.GetValue(_names) is { Length: > 0 } given ? [.. given.Select(Inputs.NetworkName)] : FetchedNames();
            if (names.Count == 0)
                Console.WriteLine($"No network was fetched into {NetworkCatalogue.Folder} yet.");
            foreach (var name in names)
            {
                var sha256 = NetworkCatalogue.Find(name) is { } network ? NetworkCatalogue.Verify(network) : LossNetwork.Load(name).Source.Sha256;
                Console.WriteLine($"{name} · undamaged · SHA-256 {sha256}");
            }
            return ExitCode.Done;
        });
    }

    public override IReadOnlyList<string> Examples => ["stylelab networks verify", "stylelab networks verify vgg19"];

    private static List<string> FetchedNames() =>
        [.. NetworkCatalogue.All.Where(NetworkCatalogue.IsFetched).Select(network => network.Name)];
}
