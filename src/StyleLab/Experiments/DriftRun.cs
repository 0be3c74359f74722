using System.Runtime.CompilerServices;
using StyleLab.Runs;

namespace StyleLab;

/// <summary>A style drift being run, round after round; see <c>Experiments.StyleDrift</c>.</summary>
public sealed class DriftRun : SeriesRun<DriftRound, DriftResult>
{
    private const int SheetCell = 120;

    private readonly Picture _start;
    private readonly bool _roundTo8Bit;
    private readonly Func<Picture, int, Synthesis> _transfer;
    private readonly Func<int, int> _styleOf;
    private readonly ResultCache? _cache;
    private readonly List<string> _warnings = [];
    private readonly List<IReadOnlyList<string>> _warningsOfRounds = [];

    internal DriftRun(Picture start, int rounds, bool roundTo8Bit, Func<Picture, int, Synthesis> transfer, Func<int, int> styleOf, ResultCache? cache)
    {
        (_start, Count, _roundTo8Bit, _transfer, _styleOf, _cache) = (start, rounds, roundTo8Bit, transfer, styleOf, cache);
    }

    private protected override string Title => "Style drift";

    private protected override string Unit => "round";

    private protected override int Count { get; }

    private protected override DriftResult Result(IReadOnlyList<DriftRound> items, bool interrupted) =>
        new(_start, [.. items], interrupted, [.. _warnings, .. SharedWarnings.Of(_warningsOfRounds, NameOf)]);

    private string NameOf(IReadOnlyList<int> rounds) => rounds.Count == _warningsOfRounds.Count && rounds.Count > 1
        ? $"All {rounds.Count} rounds"
        : $"Round{(rounds.Count > 1 ? "s" : "")} {string.Join(", ", rounds.Select(round => round + 1))}";

    private protected override Figure? SheetOf(IReadOnlyList<DriftRound> items) =>
        new DriftResult(_start, items, Interrupted: false, Warnings: []).ContactSheet(SheetCell);

    private protected override async IAsyncEnumerable<DriftRound> Items([EnumeratorCancellation] CancellationToken cancellation)
    {
        var content = _start;
        for (int round = 0; round < Count && !cancellation.IsCancellationRequested; round++)
        {
            var run = _transfer(content, round);
            var result = _cache?.Find(run.Recipe, _warnings.Add);
            bool fromCache = result is not null;
            if (result is null)
            {
                using var watched = run.Subscribe(new ProgressWatcher(view => Publish(view.Place, view, view.Fraction)));
                run.IsContinuable = false;
                result = await run.RunAsync(cancellation);
                if (result.Interrupted)
                    yield break;
                _cache?.Keep(run.Recipe, result, _warnings.Add);
            }
            // That the result of the round before is transparent is known from the picture it all began with.
            string? known = round > 0 && run.Recipe.Shown == content ? TransparencyDiagnosis.OfShown(run.Recipe) : null;
            _warningsOfRounds.Add([.. result.Warnings.Where(warning => warning != known)]);
            yield return new(round + 1, _styleOf(round), content, result, fromCache);
            content = _roundTo8Bit ? Picture.Decode(result.Picture.EncodePng()) : result.Picture;
        }
    }
}
