using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace StyleLab.Networks;

/// <summary>A network with random weights, by its name: <c>vgg19-random:7</c> is VGG-19 with the weights of seed 7.</summary>
internal sealed record RandomNetwork(Architecture Architecture, long Seed)
{
    private const string Mark = "-random";

    /// <summary>A name for each architecture, with the first seed.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Architecture.Known.Select(architecture => new RandomNetwork(architecture, 1).Name)];

    /// <summary>The name that <see cref="Parse"/> reads.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Architecture.Name}{Mark}:{Seed}");

    /// <summary>Reads a name; null when it is not one of a random network. Without a seed the seed is 1.</summary>
    /// <exception cref="StyleLabException">The architecture is not known, or the seed is not a whole number.</exception>
    public static RandomNetwork? Parse(string name)
    {
        var mark = name.IndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        if (mark < 0 || name.IndexOfAny(['/', '\\', '.', '\0']) >= 0)
            return null;
        var (given, rest) = (name[..mark], name[(mark + Mark.Length)..]);
        var architecture = Architecture.Known.FirstOrDefault(known => known.Name.Equals(given, StringComparison.OrdinalIgnoreCase));
        if (architecture is null)
            throw new StyleLabException(
                $"There are no random weights for {Quoted.Text(given)}; did you mean '{NearestNames.Find(name, Names, 1)[0]}'? "
                + $"They can be made for {string.Join(", ", Architecture.Known)}.");
        if (rest.Length == 0)
            return new(architecture, 1);
        if (rest[0] == ':' && long.TryParse(rest[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
            return new(architecture, seed);
        throw new StyleLabException(
            $"{Quoted.Text(name)} needs a whole number as its seed, such as {architecture}{Mark}:7; another seed makes another network.");
    }

    /// <summary>Makes the weights; the same bits on every machine.</summary>
    public NetworkFile Make()
    {
        var weights = RandomWeights.Make(Architecture, Seed);
        return new(Name, Architecture.Untrained, new(
            IsEmbedded: true, Name, 4 * weights.Values.Sum(w => (long)w.Weight.Values.Length + w.Bias.Values.Length), Hash(Architecture, weights),
            Licence: "None is needed: the weights are made from the seed.",
            Training: FormattableString.Invariant(
                $"Nothing: random weights of seed {Seed}, every channel scaled to a mean activation of 1 on generated pictures."),
            Limits: "It knows textures, not things: use it to learn what the architecture alone can do."), weights);
    }

    /// <summary>SHA-256 of all weights in network order as little-endian float32.</summary>
    public static string Hash(Architecture architecture, IReadOnlyDictionary<string, ConvolutionWeights> weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var layer in architecture.Convolutions)
        {
            hash.AppendData(MemoryMarshal.AsBytes<float>(weights[layer.Name].Weight.Values));
            hash.AppendData(MemoryMarshal.AsBytes<float>(weights[layer.Name].Bias.Values));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
