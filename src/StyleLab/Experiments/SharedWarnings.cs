using System.Text.RegularExpressions;

namespace StyleLab;

/// <summary>The sentences of many runs, where most have the same to say: each once, with the runs it is of.</summary>
internal static partial class SharedWarnings
{
    /// <param name="runs">The sentences of each run.</param>
    /// <param name="nameOf">What the runs of these places are called.</param>
    public static IEnumerable<string> Of(IEnumerable<IReadOnlyList<string>> runs, Func<IReadOnlyList<int>, string> nameOf)
    {
        // Sentences that differ in their numbers alone are of one kind, unless a run has several of it.
        var told = runs.SelectMany((sentences, run) => sentences.GroupBy(Kind)
            .SelectMany(kind => kind.Select((sentence, nth) => (Run: run, Kind: kind.Key, Nth: nth, Sentence: sentence))));
        foreach (var alike in told.GroupBy(one => (one.Kind, one.Nth)))
        {
            var places = alike.Select(one => one.Run).ToList();
            bool differ = alike.DistinctBy(one => one.Sentence).Skip(1).Any();
            yield return $"{nameOf(places)}{(differ ? ", with the numbers of the first" : "")}: {alike.First().Sentence}";
        }
    }

    private static string Kind(string sentence) => Number().Replace(sentence, "#");

    // Whole words only: the name of a file is no number.
    [GeneratedRegex(@"(?<=^|\s)[+-]?\d[\d.,:×·⁻⁰¹²³⁴⁵⁶⁷⁸⁹eE+-]*(?=[.,:;]?(\s|$))")]
    private static partial Regex Number();
}
