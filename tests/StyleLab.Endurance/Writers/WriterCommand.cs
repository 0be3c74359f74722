using System.CommandLine;
using System.Security.Cryptography;
using StyleLab.Cli.Outputs;
using StyleLab.Jupyter.History;
using StyleLab.Jupyter.Tests.RealClients;
using StyleLab.Networks;
using StyleLab.Networks.Catalogue;

namespace StyleLab.Endurance.Writers;

/// <summary>What other commands of this program start in order to end it: writers that have no verb of their own.</summary>
internal sealed class WriterCommand : Command
{
    /// <summary>Cells that are added in one go.</summary>
    public const int Cells = 40;

    public WriterCommand() : base("writer", "A process that writes, for kill and write-errors.")
    {
        Hidden = true;
        var (folder, path, token) = (new Argument<string>("FOLDER"), new Argument<string>("FILE"), new Argument<string>("TOKEN"));
        var fetch = new Command("fetch") { folder };
        fetch.SetAction((call, _) => FetchAsync(call.GetRequiredValue(folder)));
        var history = new Command("history") { path, token };
        history.SetAction(call => AddCells(call.GetRequiredValue(path), call.GetRequiredValue(token)));
        Add(fetch);
        Add(history);
    }

    /// <summary>The published file of the network that is fetched.</summary>
    public static byte[] Published { get; } = File.ReadAllBytes(Path.Combine(Repository.Folder, "data", "networks", "vgg19-slim.safetensors"));

    private static async Task<int> FetchAsync(string folder)
    {
        FileSizeLimit.MakeError();
        var network = new PublishedNetwork
        {
            Name = "slim",
            ArchitectureName = "vgg19-slim",
            Url = new("http://127.0.0.1/published-slim.safetensors"),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Published)),
            Bytes = Published.Length,
            Input = Preprocessing.Caffe,
            Licence = "None.",
            Training = "None.",
        };
        try
        {
            await new CachedNetwork(network, folder, new DownloadSettings(TimeSpan.FromSeconds(20), Tries: 2, TimeSpan.Zero)).FetchAsync(null, default);
            return 0;
        }
        catch (StyleLabException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    private static int AddCells(string path, string token)
    {
        FileSizeLimit.MakeError();
        var history = new HistoryFile(path);
        for (int i = 1; i <= Cells; i++)
        {
            history.Add(i, $"{token} {i}", null);
            // What could not be written yet is not promised.
            if (history.IsWritten)
                Console.WriteLine($"{token} {i}");
        }

        history.WriteRest();
        if (history.IsWritten)
            return 0;
        Console.Error.WriteLine($"Not all cells could be written to {path}.");
        return 1;
    }
}
