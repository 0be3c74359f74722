using System.Globalization;
using System.Text;

namespace StyleLab.Notebooks.Tests.Stopping;

/// <summary>Methods of nested blocks, loops, exceptions and early ends, by chance; each returns what it went through.</summary>
internal sealed class RandomCode(int seed)
{
    /// <summary>What the methods call.</summary>
    public const string Helpers =
        """
        sealed class Fault : Exception { }
        sealed class Door(StringBuilder log, string name) : IDisposable, IAsyncDisposable
        {
            public void Dispose() => log.Append('/').Append(name);
            public async ValueTask DisposeAsync() { await Task.Yield(); log.Append('~').Append(name); }
        }
        """;

    private const int Deepest = 5;
    private const int MostRounds = 60;

    private readonly Random _random = new(seed);
    private readonly StringBuilder _code = new();
    private int _names;
    private string _kind = "";

    /// <summary>A method called by that name, of a kind by chance: ordinary, asynchronous, iterator, local function or lambda.</summary>
    public string Method(string name)
    {
        _code.Clear();
        _kind = Pick("plain", "async", "iterator", "local", "lambda");
        string before = "var log = new StringBuilder(); int n = 0;";
        string catches = "catch (Fault) { log.Append('!'); }";
        Block(0, isLoop: false, isFinal: false, isTry: false);
        string body = _code.ToString();
        return _kind switch
        {
            "async" => $"static async Task<string> {name}Work(StringBuilder log) {{ int n = 0; await Task.Yield(); {body} return log + \"E\"; }}\n" +
                $"static string {name}() {{ {before} try {{ return Task.Run(() => {name}Work(log)).GetAwaiter().GetResult(); }} {catches} return log.ToString(); }}\n",
            "iterator" => $"static IEnumerable<string> {name}Work(StringBuilder log) {{ int n = 0; {body} yield return \"E\"; }}\n" +
                $"static string {name}() {{ {before} try {{ foreach (var s in {name}Work(log)) {{ log.Append(s); if (++n > 20) break; }} }} {catches} return log.ToString(); }}\n",
            "lambda" => $"static string {name}() {{ {before} Func<string> work = () => {{ {body} return log + \"E\"; }}; try {{ return work(); }} {catches} return log.ToString(); }}\n",
            "local" => $"static string {name}() {{ {before} string Work() {{ {body} return log + \"E\"; }} try {{ return Work(); }} {catches} return log.ToString(); }}\n",
            _ => $"static string {name}Work(StringBuilder log) {{ int n = 0; {body} return log + \"E\"; }}\n" +
                $"static string {name}() {{ {before} try {{ return {name}Work(log); }} {catches} return log.ToString(); }}\n",
        };
    }

    private void Block(int depth, bool isLoop, bool isFinal, bool isTry)
    {
        int count = _random.Next(1, 4);
        for (int i = 0; i < count; i++)
            Statement(depth, isLoop, isFinal, isTry);
    }

    /// <param name="depth">How many blocks are around it.</param>
    /// <param name="isLoop">Whether it can leave a loop from here.</param>
    /// <param name="isFinal">Whether it is in a finally block, which cannot be left.</param>
    /// <param name="isTry">Whether a catch clause is around it, in which an iterator cannot yield.</param>
    private void Statement(int depth, bool isLoop, bool isFinal, bool isTry)
    {
        string name = (++_names).ToString(CultureInfo.InvariantCulture);
        string some = $"n++ % {_random.Next(2, 5)} == {_random.Next(0, 2)}";
        int kind = _random.Next(depth >= Deepest ? 5 : 16);
        switch (kind)
        {
            case 0 or 1 when isFinal:
            case 2:
                Add($"log.Append(\"{name}.\");");
                break;
            case 0:
                Add(_kind == "iterator" ? $"if ({some}) yield break;" : $"if ({some}) return log + \"r{name}\";");
                break;
            case 1:
                Add($"if ({some}) throw new Fault();");
                break;
            case 3 when isLoop:
                Add($"if ({some}) {Pick("break", "continue")};");
                break;
            case 3 or 4:
                Add(_kind == "async" ? "await Task.Yield();" : _kind == "iterator" && !isTry && !isFinal ? $"yield return \"y{name}\";" : "n += 2;");
                break;
            case 5 or 6:
                Add($"using (new Door(log, \"{name}\")) {{");
                Block(depth + 1, isLoop, isFinal, isTry);
                Add("}");
                break;
            case 7 or 8:
                Add("try {");
                Block(depth + 1, isLoop, isFinal, isTry);
                Add("} finally {");
                Block(depth + 1, false, true, isTry);
                Add("}");
                break;
            case 9 or 10:
                Add("try {");
                Block(depth + 1, isLoop, isFinal, true);
                Add(Pick("} catch (Fault) {", $"}} catch (Fault f{name}) when (f{name}.Message.Length > n) {{", "} catch {",
                    $"}} catch (Exception e{name}) {{ log.Append(e{name}.GetType().Name);"));
                Block(depth + 1, isLoop, isFinal, true);
                Add("}");
                break;
            case 11 when _kind != "async":
                Add("lock (log) {");
                Block(depth + 1, isLoop, isFinal, true);
                Add("}");
                break;
            case 12 or 13:
                Add(Pick($"foreach (var i{name} in new List<int> {{ 1, 2 }}) {{", $"for (int i{name} = 0; i{name} < 3; i{name}++) {{", $"while (n++ < {MostRounds}) {{"));
                Block(depth + 1, true, isFinal, isTry);
                Add("}");
                break;
            case 14 when _kind == "async":
                Add($"await using (new Door(log, \"{name}\")) {{");
                Block(depth + 1, isLoop, isFinal, isTry);
                Add("}");
                break;
            default:
                Add($"if ({some}) {{");
                Block(depth + 1, isLoop, isFinal, isTry);
                Add("} else {");
                Block(depth + 1, isLoop, isFinal, isTry);
                Add("}");
                break;
        }
    }

    private void Add(string text) => _code.Append(text).Append('\n');

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
