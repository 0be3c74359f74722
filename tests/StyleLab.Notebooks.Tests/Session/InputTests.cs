namespace StyleLab.Notebooks.Tests;

public sealed class InputTests : IDisposable
{
    private readonly RecordedSession _session = new();
    private readonly List<InputRequest> _asked = [];

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("input(\"Name? \")", "Name? ", false)]
    [InlineData("input()", "", false)]
    [InlineData("password(\"Key\").GetClearTextPassword()", "Key", true)]
    [InlineData("Console.ReadLine()", "", false)]
    [InlineData("await Microsoft.DotNet.Interactive.Kernel.GetInputAsync(\"p\")", "p", false)]
    [InlineData("(await GetPasswordAsync(\"p\")).GetClearTextPassword()", "p", true)]
    [InlineData("Console.In.ReadLine()", "", false)]
    [InlineData("await Task.Run(() => input(\"other thread\"))", "other thread", false)]
    public async Task A_cell_asks_and_gets_the_line(string code, string prompt, bool isPassword)
    {
        Answer("typed");
        Assert.Equal("typed", await _session.ValueAsync(code));
        Assert.Equal([(prompt, isPassword)], _asked.Select(request => (request.Prompt, request.IsPassword)));
    }

    [Fact]
    public async Task Characters_can_be_read_one_by_one()
    {
        Answer("ab");
        Assert.Equal("ab\n|ab", await _session.ValueAsync("$\"{(char)Console.Read()}{(char)Console.Read()}{(char)Console.Read()}|{Console.ReadLine()}\""));
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task A_cell_that_sets_the_encoding_does_not_take_the_input_from_the_next()
    {
        Answer("typed");
        await _session.RunAsync("Console.InputEncoding = System.Text.Encoding.Latin1;", TestContext.Current.CancellationToken);
        Assert.Equal("typed", await _session.ValueAsync("Console.ReadLine()"));
    }

    [Fact]
    public async Task A_password_is_not_shown()
    {
        Answer("secret");
        await _session.ValueAsync("password()");
        Assert.DoesNotContain("secret", Assert.Single(_session.Results).Data["text/plain"]);
    }

    [Fact]
    public async Task Where_nobody_can_answer_the_error_says_so()
    {
        Assert.Equal(
            "The cell asks for input (\"Name?\"), but nobody can answer here; run it in a notebook front end, or give the value as a parameter of the run.",
            await _session.ErrorAsync("input(\"Name? \")"));
        Assert.StartsWith("The cell asks for input, but nobody can answer here", await _session.ErrorAsync("Console.ReadLine()"));
        Assert.StartsWith("The cell asks for input (\"x\"), but nobody", await _session.ErrorAsync("#!set --name a --value @input:x"));
    }

    [Theory]
    [InlineData("input()")]
    [InlineData("#!set --name a --value @input:x")]
    public async Task An_interrupt_ends_the_wait(string code)
    {
        using var stop = new CancellationTokenSource();
        _session.Input = request =>
        {
            stop.Cancel();
            new ManualResetEventSlim().Wait();
            return "never";
        };
        var result = await _session.RunAsync(code, stop.Token).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(CellStatus.Interrupted, result.Status);
    }

    private void Answer(string line) => _session.Input = request =>
    {
        _asked.Add(request);
        return line;
    };
}
