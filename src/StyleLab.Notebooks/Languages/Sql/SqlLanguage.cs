using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace StyleLab.Notebooks;

/// <summary>
/// SQL cells of one connection, which stays open as long as the session: temporary tables and databases in memory stay too. Results are
/// shown as tables; <c>--name</c> keeps one for other languages. Parameters such as <c>@name</c> are variables.
/// </summary>
/// <param name="connection">The name that the notebook gave to the connection.</param>
/// <param name="database">What it leads to.</param>
internal sealed class SqlLanguage(string connection, DbConnection database) : ICellLanguage, IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, object?> _values = [];

    public Language Language { get; } = Language.SqlOf(connection);

    public IReadOnlyList<string> Options => ["name"];

    public IEnumerable<string> Names => _values.Keys;

    /// <summary>Opens the connection.</summary>
    /// <exception cref="NotebookException">That fails.</exception>
    public void Open(ILanguageCell cell)
    {
        try
        {
            cell.RunStoppably(database.Open);
        }
        catch (DbException failed)
        {
            throw new NotebookException($"{connection} cannot be opened: {Sentence(failed)}", failed);
        }
    }

    public void Run(ILanguageCell cell, string text, int line, IReadOnlyDictionary<string, string> options)
    {
        var results = new List<SqlResult>();
        try
        {
            using var command = database.CreateCommand();
            command.CommandText = text;
            foreach (string name in SqlParameters.In(text))
                AddParameter(cell, command, name, line);
            using var stop = new Timer(_ => InterruptIf(cell.Cancellation, command), null, BetweenLooks, BetweenLooks);
            cell.RunStoppably(() => Read(command, results, isKept: options.ContainsKey("name")));
        }
        catch (DbException) when (cell.Cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cell.Cancellation);
        }
        catch (DbException failed)
        {
            results.ForEach(result => cell.Show(result.ToBundle()));
            throw new LanguageException(line, Sentence(failed), failed);
        }

        results.ForEach(result => cell.Show(result.ToBundle()));
        if (!options.TryGetValue("name", out string? kept))
            return;
        TabularDataResource[] tables = [.. results.Where(result => result.Columns.Count > 0).Select(result => result.ToTable())];
        _values[kept] = tables.Length == 1 ? tables[0] : tables;
    }

    public object? Value(string name) => _values.TryGetValue(name, out object? value) ? value
        : throw new NotebookException($"{Language.Name} has no result {name}; #!{Language.Name} --name {name} above a query keeps its result.");

    public void Take(ILanguageCell cell, string name, object? value) => _values[name] = value;

    public void Dispose() => database.Dispose();

    private void Read(DbCommand command, List<SqlResult> results, bool isKept)
    {
        using var reader = command.ExecuteReader();
        do
        {
            if (reader.FieldCount == 0)
                continue;
            var result = new SqlResult([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
            results.Add(result);
            while (reader.Read())
            {
                object?[] row = new object[reader.FieldCount];
                reader.GetValues(row!);
                result.Add(Array.ConvertAll(row, value => value is DBNull ? null : value), isKept);
            }
        }
        while (reader.NextResult());
        if (reader.RecordsAffected >= 0)
            results.Add(new SqlResult([]) { Affected = reader.RecordsAffected });
    }

    private void AddParameter(ILanguageCell cell, DbCommand command, string name, int line)
    {
        string bare = name[1..];
        if (!_values.TryGetValue(bare, out object? value))
        {
            var variable = cell.Script.Variables().FirstOrDefault(known => known.Name == bare)
                ?? throw new LanguageException(line, $"{name} has no value; declare a C# variable {bare} in a cell above.");
            value = variable.Value;
        }

        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value switch
        {
            null => DBNull.Value,
            System.Text.Json.JsonDocument json => json.RootElement.ToString(),
            ulong large and > long.MaxValue => throw new LanguageException(line, $"{name} is {large}, and integers of SQLite end at {long.MaxValue}; share it as text."),
            double.NaN or float.NaN => throw new LanguageException(line, $"{name} is NaN, which SQLite does not store; share null."),
            Enum number => Convert.ToInt64(number, CultureInfo.InvariantCulture),
            _ => value,
        };
        command.Parameters.Add(parameter);
    }

    // More than once: it ends what runs, and the statement may be about to begin.
    private void InterruptIf(CancellationToken cancellation, DbCommand command)
    {
        try
        {
            if (cancellation.IsCancellationRequested)
                Interrupt(command);
        }
        catch (Exception ended) when (ended is TargetInvocationException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection was closed meanwhile.
        }
    }

    // Its own Cancel does nothing: SQLite asks for this call, which ends the statement at once.
    private void Interrupt(DbCommand command)
    {
        if (database.GetType().GetProperty("Handle")?.GetValue(database) is { } handle
            && handle.GetType().Assembly.GetType("SQLitePCL.raw")?.GetMethod("sqlite3_interrupt", BindingFlags.Public | BindingFlags.Static, [handle.GetType()]) is { } interrupt)
            interrupt.Invoke(null, [handle]);
        else
            command.Cancel();
    }

    // "SQLite Error 1: 'no such table: x'."
    private static string Sentence(DbException failed) => failed.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ') + ".";
}
