namespace StyleLab.Networks.Catalogue;

/// <summary>How patient a download is.</summary>
/// <param name="Stall">A connection that brings nothing for so long is given up.</param>
/// <param name="Tries">How many connections in a row may bring nothing.</param>
/// <param name="Pause">The wait after the first that brought nothing; it doubles each time.</param>
internal sealed record DownloadSettings(TimeSpan Stall, int Tries, TimeSpan Pause)
{
    public static DownloadSettings Standard { get; } = new(TimeSpan.FromSeconds(30), 5, TimeSpan.FromSeconds(0.5));

    private const string MirrorVariable = "STYLELAB_NETWORKS_URL";

    /// <summary>
    /// Where a network is downloaded from: where it was published, or its file's name under the address in STYLELAB_NETWORKS_URL,
    /// a mirror of the institute's perhaps.
    /// </summary>
    /// <exception cref="StyleLabException">The variable is no address.</exception>
    public static Uri AddressOf(PublishedNetwork network)
    {
        if (Environment.GetEnvironmentVariable(MirrorVariable) is not { Length: > 0 } mirror)
            return network.Url;
        if (Uri.TryCreate(mirror.TrimEnd('/') + "/" + Uri.EscapeDataString(network.FileName), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
            return address;
        throw new StyleLabException($"{MirrorVariable} is {Quoted.Text(mirror)}; expected an address such as https://mirror.example.org/networks.");
    }
}
