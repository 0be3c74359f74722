using System.CommandLine;
using System.Globalization;
using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Verbs;

/// <summary>The loss networks: which there are, and what each is.</summary>
internal static class NetworksCommand
{
    public static VerbGroup Create() => new("networks", "Show the loss networks: which there are, and what each is.")
    {
        new List(),
        new Describe(),
    };

    private sealed class List : Verb
    {
        public List() : base("list", "List the networks that can be used by name.") => SetAction(_ =>
        {
            foreach (var network in LossNetwork.Names.Select(name => LossNetwork.Load(name)))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{network.Name,-12}  {network.Architecture.Convolutions.Count()} convolutions  {network.Describe().Parameters / 1e6:0.0} M parameters  built in"));
            return ExitCode.Done;
        });

        public override IReadOnlyList<string> Examples => ["stylelab networks list"];
    }

    private sealed class Describe : Verb
    {
        public Describe() : base("describe", "Describe a network: its layers with size, reach and cost, and where its weights came from.")
        {
            var network = new Argument<string>("NAME|FILE") { Description = "A name from `stylelab networks list`, or a .safetensors file." };
            Add(network);
            SetAction(call =>
            {
                Console.WriteLine(Inputs.Network(call.GetRequiredValue(network)).Describe());
                return ExitCode.Done;
            });
        }

        public override IReadOnlyList<string> Examples =>
            ["stylelab networks describe vgg19-slim", "stylelab networks describe weights/vgg19.safetensors"];
    }
}
