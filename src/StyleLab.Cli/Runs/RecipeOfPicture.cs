using StyleLab.Cli.Parsing;
using StyleLab.Networks;
using StyleLab.Pictures;
using StyleLab.Runs;

namespace StyleLab.Cli.Runs;

/// <summary>
/// The recipe in a picture that may come from anybody: what it needs is known before anything is opened, and what lies outside of the
/// current folder and that of the picture, or has to be downloaded, is agreed on.
/// </summary>
/// <param name="path">The picture.</param>
/// <param name="allowOutside">True if files may be anywhere.</param>
/// <param name="allowDownload">True if a network may be downloaded.</param>
internal sealed class RecipeOfPicture(string path, bool allowOutside, bool allowDownload)
{
    private const int MostNamed = 3;

    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>The recipe with its pictures, and with its networks on this computer.</summary>
    /// <exception cref="WrongCallException">Something is not agreed to.</exception>
    /// <exception cref="StyleLabException">There is no recipe, it is damaged, or what it names is missing.</exception>
    public Recipe Read(Picture picture)
    {
        if (!picture.Text.TryGetValue(Recipe.TextKeyword, out var json))
            return Recipe.Of(picture);
        var (networks, pictures) = RecipeJson.NeedsOf(json);
        var found = networks.ToDictionary(network => network, Found);
        var files = new PictureFiles(_folder, allowOutside);
        var outside = pictures.Where(files.IsOutOfReach).Select(origin => origin.File).ToList();
        outside.AddRange(found.Values.Select(network => network.Name).Where(IsOutside));
        if (!allowOutside && outside.Count > 0)
        {
            Agreement.Require($"The recipe of {path} leads out of its folder, to {Listed([.. outside.Distinct()])}", "Open?",
                "say --allow-outside if it may, or put copies beside the picture");
            files = new PictureFiles(_folder);
        }
        foreach (var network in found.Values)
            Fetch(network);
        var recipe = RecipeJson.Read(json, new RecipeJson.PictureConverter(files));
        return recipe with { Network = found[recipe.Network], Objective = recipe.Objective.WithNetworks(network => found[network]) };
    }

    /// <summary>The network with the name of a file beside the picture, where the one it names is elsewhere and that has its hash.</summary>
    private NetworkRecipe Found(NetworkRecipe network)
    {
        if (!IsFile(network.Name) || IsDescription(network.Name) || (File.Exists(network.Name) && !IsOutside(network.Name)))
            return network;
        var beside = network with { Name = Path.Combine(_folder, Path.GetFileName(network.Name)) };
        try
        {
            if (!File.Exists(beside.Name) || !PictureFiles.IsInside(beside.Name, _folder))
                return network;
            beside.Load();
            return beside;
        }
        catch (StyleLabException)
        {
            // Another file of that name.
            return network;
        }
    }

    private void Fetch(NetworkRecipe network)
    {
        if (NetworkCatalogue.Find(network.Name) is not { } published || NetworkCatalogue.IsFetched(published))
            return;
        if (!allowDownload)
            Agreement.Require(
                $"The recipe of {path} needs the network {published.Name}, which is not on this computer: {SizeOf(published)} from {published.Url.Host}", "Download?",
                $"say --allow-download if it may, or fetch it first with `stylelab networks fetch {published.Name}`");
        Inputs.Network(published.Name, network.Pooling);
    }

    /// <summary>The size of a download; where it is not known, that of the whole network that it can be.</summary>
    private static string SizeOf(PublishedNetwork network) => network.Bytes is { } bytes
        ? ByteText.Of(bytes)
        : NetworkCatalogue.All.FirstOrDefault(other => other.ArchitectureName == network.ArchitectureName && other.Bytes is not null) is { } like
            ? $"up to about {ByteText.Of(like.Bytes!.Value)}" : "a file of unknown size";

    private bool IsOutside(string network) => IsFile(network) && !network.Contains('\0')
        && (IsDescription(network) || Path.IsPathRooted(network) && !PictureFiles.IsInside(network, _folder)
            || !PictureFiles.IsInside(network, Environment.CurrentDirectory) && !PictureFiles.IsInside(network, _folder));

    private static bool IsFile(string network) => NetworkCatalogue.Find(network) is null && RandomNetwork.Parse(network) is null
        && !LossNetwork.Names.Contains(network, StringComparer.OrdinalIgnoreCase);

    // It names a file of weights in its turn.
    private static bool IsDescription(string network) => DescribedNetwork.IsPath(network);

    private static string Listed(IReadOnlyList<string> files) =>
        string.Join(", ", files.Take(MostNamed).Select(Quoted.Text)) + (files.Count > MostNamed ? $" and {files.Count - MostNamed} more" : "");
}
