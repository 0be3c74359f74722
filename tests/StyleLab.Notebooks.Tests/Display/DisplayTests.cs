namespace StyleLab.Notebooks.Tests;

public sealed class DisplayTests : IDisposable
{
    private const string Numbers =
        """
        class Numbers : IObservable<int>
        {
            readonly List<IObserver<int>> observers = new();
            public int Subscribers => observers.Count;
            IDisposable IObservable<int>.Subscribe(IObserver<int> observer) { observers.Add(observer); return new Subscription(() => observers.Remove(observer)); }
            public void Push(int n) => observers.ToList().ForEach(o => o.OnNext(n));
            public void Fail(string why) => observers.ToList().ForEach(o => o.OnError(new Exception(why)));
            public void End() => observers.ToList().ForEach(o => o.OnCompleted());
            public override string ToString() => "not yet";
            class Subscription(Action end) : IDisposable { public void Dispose() => end(); }
        }
        var numbers = new Numbers();

        """;

    private readonly RecordedSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task A_flood_of_updates_is_thinned_out_and_the_last_one_is_shown_in_its_place()
    {
        await _session.RunAsync("var place = display(0); for (int i = 1; i <= 20_000; i++) place.Update(i); Console.Write(\"end\");", TestContext.Current.CancellationToken);
        var updates = _session.Outputs.OfType<UpdateDisplayOutput>().ToList();
        Assert.InRange(updates.Count, 1, 2000);
        Assert.Equal("20000", updates[^1].Data[MimeTypes.PlainText]);
        Assert.Equal(new StreamOutput("stdout", "end"), _session.Outputs[^1]);
    }

    [Fact]
    public async Task Display_shows_and_the_handle_updates_in_place_also_from_a_later_cell()
    {
        await _session.RunAsync("var shown = display(1); shown", TestContext.Current.CancellationToken);
        var first = Assert.IsType<DisplayOutput>(Assert.Single(_session.Outputs));
        Assert.Equal("1", first.Data[MimeTypes.PlainText]);

        await _session.RunAsync("shown.Update(2);", TestContext.Current.CancellationToken);
        var update = Assert.IsType<UpdateDisplayOutput>(Assert.Single(_session.Outputs));
        Assert.Equal(first.DisplayId, update.DisplayId);
        Assert.Equal("2", update.Data[MimeTypes.PlainText]);
    }

    [Fact]
    public async Task Extension_methods_html_and_clear_output()
    {
        await _session.RunAsync("\"# A\".DisplayAs(\"text/markdown\"); clear_output(wait: true); new[] { 1 }.Display(); HTML(\"<i>x</i>\")", TestContext.Current.CancellationToken);
        Assert.Equal(
            ["DisplayOutput", "ClearOutput", "DisplayOutput", "ResultOutput"], _session.Outputs.Select(o => o.GetType().Name));
        Assert.Equal("# A", ((DisplayOutput)_session.Outputs[0]).Data["text/markdown"]);
        Assert.Equal("<i>x</i>", ((ResultOutput)_session.Outputs[3]).Data["text/html"]);
    }

    [Fact]
    public async Task A_live_display_shows_its_own_text_first_and_the_last_value_in_the_end()
    {
        await _session.RunAsync(Numbers + "display(numbers);\nawait Task.Delay(1); for (int i = 0; i <= 500; i++) numbers.Push(i);", TestContext.Current.CancellationToken);
        Assert.Equal("not yet", Assert.Single(_session.Outputs.OfType<DisplayOutput>()).Data[MimeTypes.PlainText]);
        var updates = _session.Outputs.OfType<UpdateDisplayOutput>().ToList();
        Assert.InRange(updates.Count, 1, 50);
        Assert.Equal("500", updates[^1].Data[MimeTypes.PlainText]);
    }

    [Fact]
    public async Task A_live_display_goes_on_after_its_cell_and_ends_with_the_observable()
    {
        await _session.RunAsync(Numbers + "numbers", TestContext.Current.CancellationToken);
        var outputs = _session.Outputs;
        await _session.ValueAsync("numbers.Push(7); numbers.End();");
        Assert.Equal("7", outputs.OfType<UpdateDisplayOutput>().Last().Data[MimeTypes.PlainText]);
        Assert.Equal(0, await _session.ValueAsync("numbers.Subscribers"));
    }

    [Fact]
    public async Task An_error_keeps_the_last_value_and_adds_a_note()
    {
        await _session.RunAsync(Numbers + "display(numbers); numbers.Push(3); numbers.Fail(\"out of paint\");", TestContext.Current.CancellationToken);
        var last = _session.Outputs.OfType<UpdateDisplayOutput>().Last();
        Assert.Equal("3\nStopped: out of paint", last.Data[MimeTypes.PlainText]);
        Assert.Equal("3<div>Stopped: out of paint</div>", last.Data[MimeTypes.Html]);
    }

    [Fact]
    public async Task A_formatter_that_throws_does_not_fail_the_cell()
    {
        var result = await _session.RunAsync("class Bad { public override string ToString() => throw new Exception(\"never\"); }\nnew Bad()", TestContext.Current.CancellationToken);
        Assert.Equal(CellStatus.Done, result.Status);
        Assert.Contains("never", Assert.Single(_session.Results).Data[MimeTypes.PlainText]);
    }
}
