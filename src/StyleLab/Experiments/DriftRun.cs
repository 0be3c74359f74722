using System.Runtime.CompilerServices;
using StyleLab.Syntheses;

namespace StyleLab;

/// <summary>A style drift being run, round after round; see <see cref="Experiments.StyleDrift"/>.</summary>
public sealed class DriftRun : SeriesRun<DriftRound, DriftResult>
{
    private const int SheetCell = 120;

    private readonly Picture _start;
    private readonly bool _roundTo8Bit;
    private readonly Func<Picture, int, Synthesis> _transfer;
    private readonly Func<int, int> _styleOf;
    private readonly ResultCache? _cache;
    private readonly List<string> _warnings = [];

    internal DriftRun(Picture start, int rounds, bool roundTo8Bit, Func<Picture, int, Synthesis> transfer, Func<int, int> styleOf, ResultCache? cache)
    {
        (_start, Count, _roundTo8Bit, _transfer, _styleOf, _cache) = (start, rounds, roundTo8Bit, transfer, styleOf, cache);
    }

    private protected override string Title => "Style drift";

    private protected override string Unit => "round";

    private protected override int Count { get; }

    private protected override DriftResult Result(IReadOnlyList<DriftRound> items, bool interrupted) => new(_start, [.. items], interrupted, [.. _warnings]);

    private protected override Figure? SheetOf(IReadOnlyList<DriftRound> items) => Result(items, interrupted: false).ContactSheet(SheetCell);

    private protected override async IAsyncEnumerable<DriftRound> Items([EnumeratorCancellation] CancellationToken cancellation)
    {
        var content = _start;
        for (int round = 0; round < Count && !cancellation.IsCancellationRequested; round++)
        {
            var run = _transfer(content, round);
            string? hash = _cache is null ? null : RecipeHash.Of(run.Recipe), warning = null;
            var result = hash is null ? null : _cache!.Find(run.Recipe, hash, out warning);
            if (warning is not null)
                _warnings.Add(warning);
            bool fromCache = result is not null;
            if (result is null)
            {
                using var watched = run.Subscribe(new ProgressWatcher(view => Publish(view.ToString(), view, view.Fraction)));
                // Without its memory, which is forty pictures a round.
                result = await run.RunAsync(cancellation) with { Checkpoint = null, Means = null };
                if (result.Interrupted)
                    yield break;
                Keep(hash, result);
            }
            yield return new(round + 1, _styleOf(round), content, result, fromCache);
            content = _roundTo8Bit ? Picture.Decode(result.Picture.EncodePng()) : result.Picture;
        }
    }

    // A result that cannot be kept is still a result.
    private void Keep(string? hash, SynthesisResult result)
    {
        try
        {
            if (hash is not null)
                _cache!.Keep(hash, result);
        }
        catch (StyleLabException error)
        {
            _warnings.Add(error.Message);
        }
    }
}
