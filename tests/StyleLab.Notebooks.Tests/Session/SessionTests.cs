namespace StyleLab.Notebooks.Tests;

public sealed class SessionTests : IDisposable
{
    private readonly RecordedSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task Later_cells_see_variables_methods_types_and_usings_of_earlier_ones()
    {
        await _session.ValueAsync("using System.Text.RegularExpressions; int Twice(int n) => 2 * n; record Point(int X, int Y); var p = new Point(3, 4);");
        await _session.ValueAsync("p = p with { Y = Twice(p.Y) };");
        Assert.Equal(8, await _session.ValueAsync("p.Y"));
        Assert.Equal("b", await _session.ValueAsync("Regex.Replace(\"a\", \"a\", \"b\")"));
    }

    [Theory]
    [InlineData("using System.Text.RegularExpressions;", "Regex.Escape(\".\")", "\\.")]
    [InlineData("// nothing but a comment", "\"still here\"", "still here")]
    [InlineData("#r \"System.Text.Json\"", "System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(\"Ab\")", "ab")]
    public async Task A_cell_with_nothing_to_run_is_fine_and_later_cells_see_it(string cell, string later, string expected)
    {
        await _session.ValueAsync("var kept = 1;");
        Assert.Null(await _session.ValueAsync(cell));
        Assert.Equal(expected, await _session.ValueAsync(later));
        Assert.Equal(1, await _session.ValueAsync("kept"));
    }

    [Fact]
    public async Task A_variable_can_be_declared_again_with_another_type()
    {
        await _session.ValueAsync("var x = 1;");
        await _session.ValueAsync("var x = \"one\";");
        Assert.Equal("one", await _session.ValueAsync("x"));
    }

    [Fact]
    public async Task The_last_expression_is_the_result_and_a_semicolon_hides_it()
    {
        await _session.RunAsync("6 * 7", TestContext.Current.CancellationToken);
        var shown = Assert.Single(_session.Results);
        Assert.Equal("42", shown.Data[MimeTypes.PlainText]);
        Assert.Equal(1, shown.ExecutionCount);

        await _session.RunAsync("var y = 6 * 7;", TestContext.Current.CancellationToken);
        Assert.Empty(_session.Outputs);
    }

    [Fact]
    public async Task Null_is_shown_but_a_call_without_value_is_not()
    {
        await _session.RunAsync("(string)null", TestContext.Current.CancellationToken);
        Assert.Equal("<null>", Assert.Single(_session.Results).Data[MimeTypes.PlainText]);

        await _session.RunAsync("Console.Write(\"hello\")", TestContext.Current.CancellationToken);
        Assert.Equal([new StreamOutput("stdout", "hello")], _session.Outputs);
    }

    [Fact]
    public async Task Top_level_await_works_and_comes_back_to_the_same_thread()
    {
        Assert.Equal(true, await _session.ValueAsync(
            "var before = Environment.CurrentManagedThreadId; await Task.Delay(5); before == Environment.CurrentManagedThreadId"));
    }

    [Fact]
    public async Task An_exception_in_the_very_first_cell_keeps_what_was_declared()
    {
        var result = await _session.RunAsync("var kept = 5;\nthrow new InvalidOperationException(\"no\");", TestContext.Current.CancellationToken);
        Assert.Equal(CellStatus.Failed, result.Status);
        Assert.Equal(5, await _session.ValueAsync("kept"));
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_changes_nothing()
    {
        await _session.ValueAsync("var a = 1;");
        await _session.RunAsync("var a = 2; nonsense", TestContext.Current.CancellationToken);
        Assert.Equal(1, await _session.ValueAsync("a"));
    }

    [Fact]
    public async Task Compile_errors_name_line_and_column_and_point_at_the_place()
    {
        await _session.ValueAsync("1");
        var result = await _session.RunAsync("var a = 1;\n\tvar b = misspelt + a;", TestContext.Current.CancellationToken);

        var error = Assert.IsType<ErrorOutput>(Assert.Single(_session.Outputs));
        Assert.Same(result.Error, error);
        Assert.Equal("CompilationError", error.Name);
        Assert.Equal("CS0103: The name 'misspelt' does not exist in the current context", error.Message);
        Assert.Equal(
            ["Cell 2, line 2, column 10: " + error.Message, "    \tvar b = misspelt + a;", "    \t        ^"],
            error.Traceback);
    }

    [Fact]
    public async Task A_runtime_error_ends_at_the_users_line_and_shows_nothing_of_the_kernel()
    {
        await _session.ValueAsync("int Inverse(int n)\n{\n    return 1 / n;\n}");
        var result = await _session.RunAsync("var zero = 0;\n\nInverse(zero);", TestContext.Current.CancellationToken);
        Assert.Equal(
            ["DivideByZeroException: Attempted to divide by zero.", "   at Inverse(int n) in Cell 1, line 3", "   at Cell 2, line 3"],
            result.Error!.Traceback);
    }

    [Fact]
    public async Task A_wrong_index_is_reported_at_the_users_own_line()
    {
        var result = await _session.RunAsync("""
            var a = new int[2];
            int Sum(int count)
            {
                int sum = 0;
                for (int i = 0; i < count; i++)
                {
                    sum += a[i];
                    Console.Write(sum);
                }
                return sum;
            }
            Sum(2);
            Sum(3)
            """, TestContext.Current.CancellationToken);
        Assert.Equal(["   at Sum(int count) in Cell 1, line 7", "   at Cell 1, line 13"], result.Error!.Traceback.Skip(1));
    }

    [Fact]
    public async Task A_runtime_error_after_an_await_inside_a_lambda_and_a_library_reads_well()
    {
        var result = await _session.RunAsync("async Task<int> Load()\n{\n    await Task.Yield();\n    return int.Parse(\"x\");\n}\n\nawait Load();", TestContext.Current.CancellationToken);
        Assert.Equal("FormatException", result.Error!.Name);
        Assert.Contains("   at Load in Cell 1, line 4", result.Error.Traceback);
        Assert.Equal("   at Cell 1, line 7", result.Error.Traceback[^1]);
        Assert.DoesNotContain(result.Error.Traceback, line => line.Contains("StyleLab") || line.Contains("CompilerServices"));
    }

    [Theory]
    [InlineData("var work = Task.Run(() =>\n    throw new FormatException(\"x\"));\nwork.Wait();", "lambda in Cell 1, line 2", "Cell 1, line 3")]
    [InlineData("int Fail() => throw new FormatException(\"x\");\n\nforeach (var n in new[] { 1 }.AsParallel().Select(_ => Fail()))\n    Console.Write(n);", "Fail() in Cell 1, line 1", "Cell 1, line 3")]
    [InlineData("static void Fail() => throw new FormatException(\"x\");\nAction act = Fail;\nact.Method.Invoke(null, null);", "Fail() in Cell 1, line 1", "Cell 1, line 3")]
    public async Task An_exception_that_another_one_carries_names_both_places(string code, string thrown, string waited)
    {
        var result = await _session.RunAsync(code, TestContext.Current.CancellationToken);
        Assert.Equal("FormatException: x", result.Error!.Traceback[0]);
        Assert.Equal("   at " + thrown, result.Error.Traceback[1]);
        Assert.Equal("   at " + waited, result.Error.Traceback[^1]);
    }

    [Theory]
    [InlineData("int Down(int n) => n == 0 ? throw new Exception(\"deep\") : 1 + Down(n - 1);\nDown(50)", "   … the same 50 times more")]
    [InlineData("int Ping(int n)\n{\n    if (n == 0) throw new Exception(\"deep\");\n    return 1 + Pong(n - 1);\n}\nint Pong(int n) => 1 + Ping(n);\nPing(20)", "   … these 2 lines 19 times more")]
    public async Task A_recursion_is_told_in_a_few_lines(string code, string note)
    {
        var traceback = (await _session.RunAsync(code, TestContext.Current.CancellationToken)).Error!.Traceback;
        Assert.Contains(note, traceback);
        Assert.InRange(traceback.Count, 4, 6);
    }

    [Fact]
    public async Task Console_output_arrives_in_order_from_all_threads_of_the_cell()
    {
        await _session.RunAsync("""
            Console.WriteLine("one");
            await Task.Run(() => Console.WriteLine("two"));
            var thread = new System.Threading.Thread(() => Console.Error.WriteLine("three"));
            thread.Start();
            thread.Join();
            Console.Write('4');
            """, TestContext.Current.CancellationToken);
        Assert.Equal("one\ntwo\n4", _session.Stdout);
        Assert.Equal("three\n", _session.Stderr);
    }

    [Fact]
    public async Task Console_output_is_delivered_while_the_cell_runs()
    {
        using var session = new Session();
        var seen = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var cell = session.RunAsync(
            "Console.WriteLine(\"early\"); while (true) { }", _ => seen.TrySetResult(), stop.Token);
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.False(cell.IsCompleted);
        stop.Cancel();
        await cell;
    }

    [Fact]
    public async Task Two_sessions_keep_their_console_apart()
    {
        using var other = new RecordedSession();
        await Task.WhenAll(
            _session.RunAsync("for (int i = 0; i < 50; i++) { Console.Write('a'); await Task.Yield(); }", TestContext.Current.CancellationToken),
            other.RunAsync("for (int i = 0; i < 50; i++) { Console.Write('b'); await Task.Yield(); }", TestContext.Current.CancellationToken));
        Assert.Equal(new string('a', 50), _session.Stdout);
        Assert.Equal(new string('b', 50), other.Stdout);
    }

    [Fact]
    public async Task Progress_callbacks_print_into_the_cell()
    {
        await _session.RunAsync("IProgress<int> p = new Progress<int>(n => Console.Write(n)); p.Report(7); await Task.Delay(20);", TestContext.Current.CancellationToken);
        Assert.Equal("7", _session.Stdout);
    }

    [Fact]
    public async Task A_reference_by_name_finds_the_assembly_beside_the_program_with_the_same_types()
    {
        string name = typeof(FactAttribute).Assembly.GetName().Name!;
        var type = await _session.ValueAsync($"#r \"{name}\"\ntypeof(Xunit.FactAttribute)");
        Assert.Same(typeof(FactAttribute), type);
    }

    [Fact]
    public async Task A_reference_by_path_and_a_loaded_script_are_found_from_the_sessions_folder()
    {
        string folder = Directory.CreateTempSubdirectory("session").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "lib"));
            File.Copy(typeof(Assert).Assembly.Location, Path.Combine(folder, "lib", "Renamed.dll"));
            File.WriteAllText(Path.Combine(folder, "more.csx"), "int FromFile() => 12;");
            using var session = new RecordedSession(folder);
            Assert.Equal(12, await session.ValueAsync("#load \"more.csx\"\nFromFile()"));
            // A copy of the kernel that lies there too must not get in the way.
            File.Copy(typeof(Session).Assembly.Location, Path.Combine(folder, "lib", "StyleLab.Notebooks.dll"));
            Assert.Equal("Assert", await session.ValueAsync("#r \"lib/Renamed.dll\"\ndisplay(1);\ntypeof(Xunit.Assert).Name"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("lib/missing.dll", "was not found in the notebook's folder")]
    [InlineData("NoSuchAssembly", "neither in the notebook's folder nor beside the program nor in .NET")]
    public async Task A_reference_that_cannot_be_found_gets_one_sentence(string reference, string expected)
    {
        var result = await _session.RunAsync($"#r \"{reference}\"\nvar after = 1;", TestContext.Current.CancellationToken);
        Assert.Contains(expected, result.Error!.Message);
        Assert.StartsWith("Cell 1, line 1, column 4: ", result.Error.Traceback[0]);
        Assert.Equal(2, await _session.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task A_runaway_loop_that_prints_is_cut_off_with_one_line()
    {
        await _session.RunAsync("for (int i = 0; i < 400; i++) Console.Write(new string('x', 50_000));", TestContext.Current.CancellationToken);
        Assert.Equal(10_000_000, _session.Stdout.Length);
        Assert.Equal("\n(The cell has printed 10 MB; what it prints from here on is not shown.)\n", _session.Stderr);
        await _session.RunAsync("Console.Write(1);", TestContext.Current.CancellationToken);
        Assert.Equal("1", _session.Stdout);
    }

    [Fact]
    public async Task A_cell_that_does_not_count_leaves_the_numbers_alone()
    {
        Assert.Equal(1, (await _session.RunAsync("var a = 1;", TestContext.Current.CancellationToken, isCounted: false)).ExecutionCount);
        Assert.Equal(1, (await _session.RunAsync("var b = a + 1;", TestContext.Current.CancellationToken)).ExecutionCount);
        Assert.Equal(2, (await _session.RunAsync("a + b", TestContext.Current.CancellationToken, isCounted: false)).ExecutionCount);
        Assert.Equal(3, await _session.ValueAsync("a + b"));
    }

    [Fact]
    public async Task Cells_do_not_repeat_the_references_of_earlier_ones()
    {
        var script = new Script(AppContext.BaseDirectory, new ScriptReferences(AppContext.BaseDirectory));
        for (int i = 1; i <= 3; i++)
        {
            var cell = script.Compile($"var v{i} = 1;", i, "", TestContext.Current.CancellationToken);
            await script.RunAsync(cell);
            script.Append(cell, ranToEnd: true);
            Assert.Equal(i == 1, cell.Compilation.ExternalReferences.Length > 0);
        }

        Assert.Equal(["v1", "v2", "v3"], script.Variables().Select(variable => variable.Name));
    }

    [Fact]
    public async Task Dotnet_itself_needs_no_reference() =>
        Assert.Equal("[1]", await _session.ValueAsync("System.Text.Json.JsonSerializer.Serialize(new[] { 1 })"));
}
