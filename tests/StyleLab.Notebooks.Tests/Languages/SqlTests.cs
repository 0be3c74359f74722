namespace StyleLab.Notebooks.Tests;

public sealed class SqlTests : IDisposable
{
    private const string Package = "#r \"nuget: Microsoft.Data.Sqlite, 10.0.15\"\n";

    private readonly string _folder = Fixture.TemporaryFolder();
    private readonly RecordedSession _session;

    public SqlTests() => _session = new RecordedSession(_folder);

    private string LastText => _session.Outputs.OfType<DisplayOutput>().Last().Data["text/plain"]!;

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Without_a_database_or_its_package_one_sentence_says_what_to_do()
    {
        Assert.Equal("#!sql has no database yet; #!connect sqlite --kernel-name db \"Data Source=file.db\" opens one, with the package Microsoft.Data.Sqlite.",
            await _session.ErrorAsync("select 1", "sql"));
        Assert.Equal("There is no database db yet; #!connect sqlite --kernel-name db \"Data Source=file.db\" opens one.", await _session.ErrorAsync("select 1", "sql-db"));
        Assert.Equal("SQLite needs the package Microsoft.Data.Sqlite, which the notebook brings: write #r \"nuget: Microsoft.Data.Sqlite\" in a cell above.",
            await _session.ErrorAsync("#!connect sqlite --kernel-name db \"Data Source=:memory:\""));
        Assert.Equal("#!connect knows sqlite, not oracle.", await _session.ErrorAsync("#!connect oracle --kernel-name db x"));
        Assert.Equal("#!connect needs --kernel-name.", await _session.ErrorAsync("#!connect sqlite \"Data Source=:memory:\""));
    }

    [NetworkFact]
    public async Task A_database_is_filled_asked_and_shared()
    {
        string file = Path.Combine(_folder, "paint.db");
        await _session.ValueAsync($"{Package}var where = @\"Data Source={file}\";");
        await _session.ValueAsync("#!connect sqlite --kernel-name db @csharp:where\n#!db\ncreate table painter (id integer primary key, name text, born int);");
        await _session.ValueAsync("#!sql-db\ninsert into painter (name, born) values ('Monet', 1840), ('Munch', 1863), (null, 1887);");
        Assert.Equal("3 rows changed", LastText);
        await _session.ValueAsync("ulong huge = ulong.MaxValue, large = long.MaxValue; double none = double.NaN;");
        Assert.Contains("@huge is 18446744073709551615, and integers of SQLite end at", await _session.ErrorAsync("#!db\nselect @huge"));
        Assert.Contains("@none is NaN", await _session.ErrorAsync("#!db\nselect @none"));
        await _session.ValueAsync("#!db\nselect @large");
        Assert.Contains("9223372036854775807", LastText);

        // The table, with what is missing in it.
        await _session.ValueAsync("#!sql\nselect name, born from painter order by born");
        Assert.Equal("     name  born\n0   Monet  1840\n1   Munch  1863\n2  <null>  1887\n3 rows × 2 columns", LastText);
        Assert.Contains("<td>Munch</td>", _session.Outputs.OfType<DisplayOutput>().Last().Data["text/html"]);

        // Metadata of a cell names the connection; parameters are variables.
        await _session.ValueAsync("var after = 1850; var who = \"M%\";");
        var result = await _session.RunAsync("select name from painter where born > @after and name like $who -- @not this, ':nor' this", TestContext.Current.CancellationToken, language: "sql-db");
        Assert.Null(result.Error);
        Assert.Contains("Munch\n1 row × 1 column", LastText);
        Assert.Equal("@nobody has no value; declare a C# variable nobody in a cell above.", await _session.ErrorAsync("select @nobody", "sql-db"));

        // To C#, and back.
        await _session.ValueAsync("#!sql-db --name all\nselect * from painter");
        Assert.Equal("Monet 1840 3", await _session.ValueAsync("#!share all --from sql-db\nvar first = all.Data.First(); $\"{first[\"name\"]} {first[\"born\"]} {all.Data.Count()}\""));
        await _session.ValueAsync("all");
        Assert.Contains("3 rows × 3 columns", Assert.Single(_session.Results).Data["text/plain"]);
        await _session.ValueAsync("#!sql-db\n#!share after --from csharp --as since\nselect @since as since");
        Assert.Contains("1850", LastText);

        // The same file from C#.
        Assert.Equal(3L, await _session.ValueAsync(
            "using var own = new Microsoft.Data.Sqlite.SqliteConnection(where); own.Open(); var count = own.CreateCommand(); count.CommandText = \"select count(*) from painter\"; count.ExecuteScalar()"));
        var wrong = await _session.RunAsync("#!db\n\nselect 1;\nselect * from nowhere", TestContext.Current.CancellationToken);
        Assert.Equal("SQLite Error 1: 'no such table: nowhere'.", wrong.Error!.Message);
        Assert.StartsWith("Cell ", Assert.Single(wrong.Error.Traceback));
    }

    [NetworkFact]
    public async Task Long_tables_are_cut_with_a_count_two_databases_stay_apart_and_a_long_query_is_stopped()
    {
        await _session.ValueAsync($"{Package}#!connect sqlite --kernel-name a \"Data Source=:memory:\"\n#!connect sqlite --kernel-name b \"Data Source=:memory:\"");
        await _session.ValueAsync("#!a\nwith recursive n(i) as (select 1 union all select i + 1 from n where i < 1234) select i, i * i as square from n; create table t (x); select 'second' as word");
        var shown = _session.Outputs.OfType<DisplayOutput>().Select(output => output.Data["text/plain"]!).ToList();
        Assert.EndsWith("\n1,234 rows × 2 columns", shown[0]);
        Assert.Equal(22, shown[0].Split('\n').Length);
        Assert.Contains("second", shown[1]);
        Assert.Equal("#!sql does not say which database; write #!sql-a or #!sql-b.", await _session.ErrorAsync("#!sql\nselect 1"));
        Assert.StartsWith("SQLite Error 1: 'no such table: t'", await _session.ErrorAsync("#!sql-b\nselect * from t"));

        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var result = await _session.RunAsync("#!a\nwith recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n", stop.Token);
        Assert.Equal(CellStatus.Interrupted, result.Status);
        await _session.ValueAsync("#!a\nselect count(*) from t");
    }
}
