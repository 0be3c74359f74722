using System.Text.RegularExpressions;

namespace StyleLab.Notebooks.Packages;

/// <summary>The addresses from which packages come, and which of them do not answer. NuGet itself asks a silent one for minutes.</summary>
internal static partial class PackageSources
{
    private static readonly TimeSpan ToAnswer = TimeSpan.FromSeconds(4);

    /// <summary>The sources that are configured for a folder.</summary>
    public static async Task<IReadOnlyList<string>> ConfiguredAsync(string folder, CancellationToken cancellation)
    {
        var (_, text) = await Sdk.RunAsync(folder, ["nuget", "list", "source", "--format", "short"], cancellation).ConfigureAwait(false);
        return [.. EnabledSource().Matches(text).Select(match => match.Groups["address"].Value.Trim())];
    }

    /// <summary>Those of the sources that say nothing at all in time. One that refuses, or wants a password, answers.</summary>
    public static async Task<IReadOnlyList<string>> SilentAsync(IEnumerable<string> sources, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var asked = sources.Where(source => source.StartsWith("http", StringComparison.OrdinalIgnoreCase)).Distinct()
            .Select(async source => (Source: source, Answers: await AnswersAsync(client, source, cancellation).ConfigureAwait(false)));
        return [.. (await Task.WhenAll(asked).ConfigureAwait(false)).Where(source => !source.Answers).Select(source => source.Source)];
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string source, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ToAnswer);
        try
        {
            using var answer = await client.GetAsync(new Uri(source), HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception refused) when (refused is HttpRequestException or UriFormatException)
        {
            return true; // NuGet is told so at once as well.
        }
    }

    [GeneratedRegex(@"^E\w* (?<address>\S.*)$", RegexOptions.Multiline)]
    private static partial Regex EnabledSource();
}
