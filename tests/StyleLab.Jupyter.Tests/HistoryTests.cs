using System.Text.Json.Nodes;
using StyleLab.Jupyter.History;

namespace StyleLab.Jupyter.Tests;

public sealed class HistoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-history-");

    private string HistoryPath => Path.Combine(_folder.FullName, "sub", "history.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void CellsOfEarlierKernelsAreFound()
    {
        using (var first = new KernelFixture(HistoryPath))
            first.Connect().Run("var früher = \"1\";");

        using var second = new KernelFixture(HistoryPath);
        var client = second.Connect();
        client.Run("2");
        Assert.Equal(["[1,1,\"var fr\\u00FCher = \\u00221\\u0022;\"]", "[2,1,\"2\"]"], Ask(client, "tail", new() { ["n"] = 10 }));
        Assert.Equal(["[2,1,\"2\"]"], Ask(client, "tail", new() { ["n"] = 1 }));
        Assert.Equal(["[2,1,[\"2\",\"2\"]]"], Ask(client, "range", new() { ["session"] = 0, ["output"] = true }));
        Assert.Single(Ask(client, "range", new() { ["session"] = -1, ["start"] = 1, ["stop"] = 2 }));
        Assert.Empty(Ask(client, "range", new() { ["session"] = -1, ["start"] = 2 }));
    }

    [Fact]
    public void SearchKnowsWildcardsAndRepeats()
    {
        using var kernel = new KernelFixture(HistoryPath);
        var client = kernel.Connect();
        foreach (string code in (string[])["1 + 1", "1 + 2", "1 + 1", @"""\\"""])
            client.Run(code);
        Assert.Equal(3, Ask(client, "search", new() { ["pattern"] = "1 + ?" }).Count);
        Assert.Equal(["[1,2,\"1 \\u002B 2\"]", "[1,3,\"1 \\u002B 1\"]"], Ask(client, "search", new() { ["pattern"] = "1*", ["unique"] = true }));
        Assert.Single(Ask(client, "search", new() { ["pattern"] = "1*", ["n"] = 1 }));
        Assert.Single(Ask(client, "search", new() { ["pattern"] = @"*\*" }));
    }

    [Fact]
    public void SeveralKernelsWriteIntoOneFile()
    {
        Parallel.For(0, 8, kernel =>
        {
            var history = new HistoryFile(HistoryPath);
            for (int line = 1; line <= 50; line++)
                history.Add(line, $"{kernel}: {line}", null);
        });
        var all = new HistoryFile(HistoryPath).Load();
        Assert.Equal(400, all.Count);
        Assert.Equal(8, all.Select(e => e.Session).Distinct().Count());
        Assert.All(all.GroupBy(e => e.Session), cells => Assert.Single(cells.Select(e => e.Input.Split(':')[0]).Distinct()));
    }

    [Fact]
    public void ADamagedLineCostsOnlyItself()
    {
        var history = new HistoryFile(HistoryPath);
        history.Add(1, "first", null);
        File.AppendAllText(HistoryPath, "{\"session\": 1, \"line\"\n[]\nnull\n{\"session\":\"x\",\"line\":1,\"input\":\"y\"}\n");
        history.Add(2, "second", null);
        Assert.Equal(["first", "second"], new HistoryFile(HistoryPath).Load().Select(e => e.Input));
    }

    [Fact]
    public void AFileThatHasGrownLargeLosesItsOldestCells()
    {
        var old = new HistoryFile(HistoryPath);
        old.Add(1, "oldest", null);
        var line = File.ReadAllText(HistoryPath);
        File.AppendAllText(HistoryPath, string.Concat(Enumerable.Repeat(line.Replace("oldest", "old", StringComparison.Ordinal), 10_000)));
        new HistoryFile(HistoryPath).Add(1, "new", null);
        var kept = new HistoryFile(HistoryPath).Load();
        Assert.Equal(5_001, kept.Count);
        Assert.Equal(("new", 2), (kept[^1].Input, kept[^1].Session));
    }

    [Fact]
    public void NoEntryIsLostWhenTheFileIsShortenedWhileOthersAdd()
    {
        for (int round = 0; round < 3; round++)
        {
            if (round > 0)
                File.Delete(HistoryPath);
            var writers = Enumerable.Range(0, 4).Select(_ => new HistoryFile(HistoryPath)).ToList();
            writers.ForEach(writer => writer.Add(1, "x", null));
            string line = new HistoryEntry(9, 1, "old", null).ToLine();
            File.WriteAllText(HistoryPath, string.Concat(Enumerable.Repeat(line, 10_001)));

            // Four kernels add; a fifth one that starts meanwhile shortens.
            Parallel.Invoke([
                .. writers.Select(writer => (Action)(() =>
                {
                    for (int i = 2; i <= 50; i++)
                        writer.Add(i, "new", null);
                })),
                () => new HistoryFile(HistoryPath).Add(1, "shortens", null),
            ]);
            writers.ForEach(writer => writer.WriteRest());

            var all = new HistoryFile(HistoryPath).Load();
            Assert.InRange(all.Count(e => e.Input == "old"), 4_000, 5_000);
            Assert.Equal("shortens", Assert.Single(all, e => e.Session > 9).Input);
            foreach (var own in all.Where(e => e.Session < 9).GroupBy(e => e.Session).ToList())
                Assert.Equal(Enumerable.Range(2, 49), own.Select(e => e.Line));
            Assert.Equal(4 * 49, all.Count(e => e.Input == "new"));
        }
    }

    [Fact]
    public void AnEntryThatCouldNotBeWrittenIsWrittenWithTheNext()
    {
        var history = new HistoryFile(HistoryPath);
        history.Add(1, "first", null);
        using (File.Open(HistoryPath + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            history.Add(2, "while another kernel has the file", null);
        Assert.Equal(["first"], new HistoryFile(HistoryPath).Load().Select(e => e.Input));
        history.Add(3, "third", null);
        history.WriteRest();
        Assert.Equal([1, 2, 3], new HistoryFile(HistoryPath).Load().Select(e => e.Line));
    }

    [Fact]
    public void ALineThatWasCutOffDoesNotTakeTheNextOneWithIt()
    {
        var history = new HistoryFile(HistoryPath);
        history.Add(1, "first", null);
        File.AppendAllText(HistoryPath, "{\"session\":9,\"line\":1,\"inp");
        history.Add(2, "second", null);
        Assert.Equal(["first", "second"], new HistoryFile(HistoryPath).Load().Select(e => e.Input));
    }

    [Fact]
    public void OnlyTheOwnerMayReadIt()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new HistoryFile(HistoryPath).Add(1, "var key = \"secret\";", null);
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(HistoryPath)!))
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(file));

        // Also of a file that an earlier version wrote, and of one that is shortened.
        File.SetUnixFileMode(HistoryPath, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        string line = File.ReadAllText(HistoryPath);
        new HistoryFile(HistoryPath).Add(1, "2", null);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(HistoryPath));
        File.AppendAllText(HistoryPath, string.Concat(Enumerable.Repeat(line, 10_001)));
        new HistoryFile(HistoryPath).Add(1, "3", null);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(HistoryPath));
    }

    [Fact]
    public void WithoutAFileTheKernelStillRemembers()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "sub"), "a file where the folder should be");
        var history = new HistoryFile(HistoryPath);
        history.Add(1, "x", "y");
        Assert.Equal(new HistoryEntry(1, 1, "x", "y"), Assert.Single(history.Load()));
    }

    private static List<string> Ask(JupyterClient client, string access, JsonObject content)
    {
        content["hist_access_type"] = access;
        content["raw"] = true;
        content.TryAdd("output", false);
        return [.. client.Ask("history_request", content)["history"]!.AsArray().Select(entry => entry!.ToJsonString())];
    }
}
