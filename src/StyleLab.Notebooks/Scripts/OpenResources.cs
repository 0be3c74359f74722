namespace StyleLab.Notebooks;

/// <summary>
/// What cells declared with <c>using</c> at their top level. Later cells may use it, so it is not closed at the end of its cell
/// but when a cell declares the name anew, before that cell runs, or when the session ends.
/// </summary>
internal sealed class OpenResources
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly List<(object Submission, UsingVariable Variable)> _open = [];

    public bool IsEmpty
    {
        get
        {
            lock (_open)
                return _open.Count == 0;
        }
    }

    /// <param name="submission">Holds the variables of a cell that ran.</param>
    /// <param name="variables">Those that are to be closed one day.</param>
    public void Add(object submission, IEnumerable<UsingVariable> variables)
    {
        lock (_open)
            _open.AddRange(variables.Select(variable => (submission, variable)));
    }

    /// <summary>Closes what has one of these names, the latest first.</summary>
    public async Task CloseAsync(IReadOnlyCollection<string> names)
    {
        foreach (var (submission, variable) in Take(open => names.Contains(open.Variable.Name)))
        {
            try
            {
                await CloseAsync(submission, variable);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                await Console.Error.WriteLineAsync($"The former {variable.Name} could not be closed: {problem.Message}");
            }
        }
    }

    /// <summary>Closes everything at the end of the session, which nobody sees and which must not wait.</summary>
    public void CloseAll()
    {
        var closing = Task.Run(async () =>
        {
            foreach (var (submission, variable) in Take(_ => true))
            {
                try
                {
                    await CloseAsync(submission, variable);
                }
                catch (Exception)
                {
                    // The others are to be closed all the same.
                }
            }
        });
        closing.Wait(Patience);
    }

    private static async ValueTask CloseAsync(object submission, UsingVariable variable)
    {
        object? value = submission.GetType().GetField(variable.Name)?.GetValue(submission);
        if (variable.IsAsync && value is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            (value as IDisposable)?.Dispose();
    }

    private List<(object Submission, UsingVariable Variable)> Take(Func<(object Submission, UsingVariable Variable), bool> isMeant)
    {
        lock (_open)
        {
            var taken = _open.Where(isMeant).Reverse().ToList();
            _open.RemoveAll(taken.Contains);
            return taken;
        }
    }
}
