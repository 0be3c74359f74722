using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using StyleLab.Runs;
using StyleLab.Tensors.Engines;

namespace StyleLab;

/// <summary>A sweep being run. Finished cells are kept at once; small cells run side by side. See <see cref="Sweep"/>.</summary>
public sealed class SweepRun : SeriesRun<SweepCell, SweepResult>
{
    private const int SheetCell = 120;

    private readonly IReadOnlyList<SweepAxis> _axes;
    private readonly IReadOnlyList<(IReadOnlyList<string> Labels, Recipe Recipe)> _cells;
    private readonly IReadOnlyDictionary<NetworkRecipe, LossNetwork> _networks;
    private readonly IEngine _engine;
    private readonly ResultCache? _cache;
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly ConcurrentDictionary<int, double> _begun = new();

    internal SweepRun(IReadOnlyList<SweepAxis> axes, IReadOnlyList<(IReadOnlyList<string> Labels, Recipe Recipe)> cells,
        IReadOnlyDictionary<NetworkRecipe, LossNetwork> networks, IEngine engine, ResultCache? cache) =>
        (_axes, _cells, _networks, _engine, _cache) = (axes, cells, networks, engine, cache);

    private protected override string Title => "Sweep";

    private protected override string Unit => "cell";

    private protected override int Count => _cells.Count;

    private protected override SweepResult Result(IReadOnlyList<SweepCell> items, bool interrupted)
    {
        List<SweepCell> cells = [.. items.OrderBy(c => c.Index)];
        return new(_axes, cells, interrupted, [.. _warnings, .. SweepWarnings.Of(_axes, cells, cell => cell.Result?.Warnings ?? [])]);
    }

    private protected override Figure? SheetOf(IReadOnlyList<SweepCell> items) =>
        items.Count == 0 ? null : new SweepResult(_axes, items, Interrupted: false, Warnings: []).ContactSheet(SheetCell);

    private protected override async IAsyncEnumerable<SweepCell> Items([EnumeratorCancellation] CancellationToken cancellation)
    {
        var missing = new List<int>();
        for (int i = 0; i < _cells.Count && !cancellation.IsCancellationRequested; i++)
            if (Kept(i) is { } kept)
                yield return kept;
            else
                missing.Add(i);

        int places = SideBySide.Places(missing.Select(i => (_networks[_cells[i].Recipe.Network], _cells[i].Recipe)));
        var finished = Channel.CreateUnbounded<SweepCell>();
        var work = Task.Run(async () =>
        {
            try
            {
                await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = places }, async (i, _) =>
                {
                    if (!cancellation.IsCancellationRequested && await Make(i, places > 1, cancellation) is { } cell)
                        finished.Writer.TryWrite(cell);
                });
                finished.Writer.Complete();
            }
            catch (Exception error)
            {
                finished.Writer.Complete(error);
            }
        }, CancellationToken.None);
        await foreach (var cell in finished.Reader.ReadAllAsync(CancellationToken.None))
            yield return cell;
        await work;
    }

    private SweepCell? Kept(int index)
    {
        var (labels, recipe) = _cells[index];
        var result = _cache?.Find(recipe, _warnings.Enqueue);
        return result is null ? null : new(index, labels, result.Recipe, result, FromCache: true, Error: null);
    }

    /// <summary>Computes a cell and keeps it; null if it was interrupted.</summary>
    private async Task<SweepCell?> Make(int index, bool onOneThread, CancellationToken cancellation)
    {
        var (labels, recipe) = _cells[index];
        var run = new Synthesis(recipe with { Engine = RecipeJson.NameOf(_engine) }, _networks[recipe.Network], _engine)
        {
            OnOneThread = onOneThread,
            IsContinuable = false,
        };
        using var watched = run.Subscribe(new ProgressWatcher(view =>
        {
            _begun[index] = view.Fraction;
            Publish(string.Join(" · ", labels), view, _begun.Values.Sum());
        }));
        try
        {
            var result = await run.RunAsync(cancellation);
            if (result.Interrupted)
                return null;
            _cache?.Keep(recipe, result, _warnings.Enqueue);
            return new(index, labels, result.Recipe, result, FromCache: false, Error: null);
        }
        catch (Exception error) when (error is StyleLabException or ArgumentException or InsufficientMemoryException)
        {
            return new(index, labels, recipe, Result: null, FromCache: false, error.Message);
        }
        finally
        {
            _begun.TryRemove(index, out _);
        }
    }
}
