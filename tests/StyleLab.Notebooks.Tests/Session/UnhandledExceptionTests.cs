namespace StyleLab.Notebooks.Tests;

/// <summary>Alone, because what belongs to no cell is told below the one that ran last in the process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}

/// <summary>Exceptions where nobody can catch them: they would end the process, and with it the session.</summary>
[Collection(AloneCollection.Name)]
public sealed class UnhandledExceptionTests : IDisposable
{
    private readonly RecordedSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("new System.Threading.Thread(() => throw new FormatException(\"lost\")).Start();")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem(_ => throw new FormatException(\"lost\"));")]
    [InlineData("System.Threading.ThreadPool.UnsafeQueueUserWorkItem(_ => throw new FormatException(\"lost\"), null);")]
    [InlineData("var timer = new System.Threading.Timer(_ => throw new FormatException(\"lost\"), null, 20, -1);")]
    [InlineData("class Fragile { ~Fragile() => throw new FormatException(\"lost\"); }\nvoid Make() { new Fragile(); }\nMake();\nGC.Collect();\nGC.WaitForPendingFinalizers();")]
    public async Task They_are_shown_in_the_cell_that_started_it(string code)
    {
        await _session.ValueAsync(code);
        for (int i = 0; i < 200 && _session.Stderr.Length == 0; i++)
        {
            GC.Collect();
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.StartsWith("Something that Cell 1 started ended with an error.\nFormatException: lost\n", _session.Stderr);
        Assert.Equal(2, await _session.ValueAsync("1 + 1"));
    }
}
