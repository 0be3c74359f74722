using System.Text;
using StyleLab.Files;

namespace StyleLab.Tests.Files;

public sealed class WholeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stylelab-whole-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_there_stays_until_all_of_the_new_is_written()
    {
        Write("a.txt", "old");
        Assert.Throws<StyleLabException>(() => WholeFile.Write(At("a.txt"), file =>
        {
            file.Write("new"u8);
            Assert.Equal("old", File.ReadAllText(At("a.txt")));
            throw new IOException("No space left on device : '/somewhere/else'", 28);
        }));
        Assert.Equal("old", File.ReadAllText(At("a.txt")));
        Assert.Throws<InvalidDataException>(() => WholeFile.Write(At("b.txt"), file => throw new InvalidDataException()));
        Assert.Equal(["a.txt"], Names());
    }

    [Theory]
    [InlineData(28, "the disk is full.")]
    [InlineData(122, "your share of the disk is full.")]
    [InlineData(30, "the disk can only be read.")]
    [InlineData(5, "Input/output error.")]
    public void The_sentence_says_why(int number, string reason) => Assert.Equal(
        $"{At("a.txt")} cannot be written: {reason}",
        Assert.Throws<StyleLabException>(() => WholeFile.Write(At("a.txt"), _ => throw new IOException("Input/output error : '/x/y'", number))).Message);

    [Fact]
    public void Leftovers_of_killed_processes_are_deleted_and_files_in_the_making_are_not()
    {
        string leftover = At(".stylelab-abc.tmp"), held = At(".stylelab-def.tmp"), others = At("stylelab-ghi.tmp");
        File.WriteAllText(leftover, "half a pict");
        File.WriteAllText(others, "of the user");
        using (new FileStream(held, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete))
            Write("a.txt", "new");
        Assert.Equal([".stylelab-def.tmp", "a.txt", "stylelab-ghi.tmp"], Names());
    }

    [Fact]
    public void Many_write_the_same_file_at_once_and_readers_find_one_of_them_whole()
    {
        Write("a.txt", new string('0', 100_000));
        Parallel.For(0, 8, number =>
        {
            for (int round = 0; round < 10; round++)
            {
                WholeFile.Write(At("a.txt"), file => file.Write(Encoding.ASCII.GetBytes(new string((char)('0' + number), 100_000))), sync: false);
                string read = File.ReadAllText(At("a.txt"));
                Assert.Equal(100_000, read.Length);
                Assert.Single(read.Distinct());
            }
        });
        Assert.Equal(["a.txt"], Names());
    }

    [Fact]
    public void A_link_is_followed_and_permissions_are_kept()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite;
        Write("real.txt", "old");
        File.SetUnixFileMode(At("real.txt"), Mode);
        File.CreateSymbolicLink(At("link.txt"), "real.txt");
        File.CreateSymbolicLink(At("ahead.txt"), "later.txt");
        Write("link.txt", "new");
        Write("ahead.txt", "newer");
        Assert.Equal("new", File.ReadAllText(At("real.txt")));
        Assert.Equal(Mode, File.GetUnixFileMode(At("real.txt")));
        Assert.Equal("real.txt", new FileInfo(At("link.txt")).LinkTarget);
        Assert.Equal("newer", File.ReadAllText(At("later.txt")));
    }

    [Fact]
    public void What_is_in_the_way_is_found_without_changing_anything()
    {
        Directory.CreateDirectory(At("folder"));
        Write("file", "");
        Assert.Contains("is a folder", Assert.Throws<StyleLabException>(() => WholeFile.RequireWritable(At("folder"))).Message);
        Assert.Contains("does not exist", Assert.Throws<StyleLabException>(() => WholeFile.RequireWritable(At("nowhere/a.txt"))).Message);
        Assert.Contains("does not exist", Assert.Throws<StyleLabException>(() => WholeFile.RequireWritable(At("file/a.txt"))).Message);
        WholeFile.RequireWritable(At("file"));
        WholeFile.RequireWritable(At("new.txt"));
        Assert.Equal(["file"], Names());
    }

    private string At(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text) => WholeFile.Write(At(name), file => file.Write(Encoding.UTF8.GetBytes(text)));

    private IEnumerable<string> Names() => Directory.GetFiles(_folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
