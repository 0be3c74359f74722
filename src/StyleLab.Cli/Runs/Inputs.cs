using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;
using StyleLab.Networks;

namespace StyleLab.Cli.Runs;

/// <summary>Reads what the call names. A name that leads nowhere is a wrong call; a file that is there but damaged is a failure.</summary>
internal static class Inputs
{
    private static readonly Dictionary<(string, Pooling), LossNetwork> s_networks = [];

    /// <exception cref="WrongCallException">There is no such file.</exception>
    /// <exception cref="StyleLabException">The file is not a picture that can be read.</exception>
    public static Picture Picture(string path)
    {
        if (!File.Exists(path))
            throw new WrongCallException(Directory.Exists(path)
                ? $"{path} is a folder: give the path of a picture file in it."
                : $"{path} does not exist (looked for {Path.GetFullPath(path)}).");
        return StyleLab.Picture.Load(path);
    }

    /// <summary>A picture with the given long side.</summary>
    /// <exception cref="WrongCallException">There is no such file, or the size is too large.</exception>
    /// <exception cref="StyleLabException">The file is not a picture that can be read.</exception>
    public static Picture Picture(string path, int size)
    {
        var picture = Picture(path);
        try
        {
            return picture.Fit(size);
        }
        catch (ArgumentException error)
        {
            throw new WrongCallException($"--size {size} is too large for {path}: {error.Message}", error);
        }
    }

    /// <summary>Loads a network, once; one that has to be downloaded first shows its progress.</summary>
    /// <exception cref="WrongCallException">There is no such network or file.</exception>
    /// <exception cref="StyleLabException">The file is not a network that can be read, or cannot be downloaded.</exception>
    public static LossNetwork Network(string nameOrPath, Pooling pooling = Pooling.Average)
    {
        if (s_networks.TryGetValue((nameOrPath, pooling), out var loaded))
            return loaded;
        var published = NetworkCatalogue.Find(nameOrPath);
        if (published is not null && !NetworkCatalogue.IsFetched(published))
            FetchProgressBar.ShowAsync((progress, cancellation) => NetworkCatalogue.FetchAsync(published, progress, cancellation)).GetAwaiter().GetResult();
        try
        {
            return s_networks[(nameOrPath, pooling)] = LossNetwork.Load(nameOrPath, pooling);
        }
        catch (StyleLabException error) when (published is null && !File.Exists(nameOrPath))
        {
            throw new WrongCallException(error.Message, error);
        }
    }

    /// <summary>The name of a network as it is known, whatever its case.</summary>
    /// <exception cref="WrongCallException">There is no network of that name.</exception>
    public static string NetworkName(string name) =>
        LossNetwork.Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new WrongCallException(
            $"There is no network '{name}'; did you mean '{NearestNames.Find(name, LossNetwork.Names, 1)[0]}'? Known are {string.Join(", ", LossNetwork.Names)}.");

    /// <exception cref="WrongCallException">The text is no layer pick, or the network has no such layers.</exception>
    public static LayerPick Layers(string text, LossNetwork network)
    {
        try
        {
            var pick = LayerPick.Parse(text);
            pick.Resolve(network.Architecture);
            return pick;
        }
        catch (StyleLabException error)
        {
            throw new WrongCallException(error.Message, error);
        }
    }
}
