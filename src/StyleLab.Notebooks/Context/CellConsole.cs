using System.Reflection;
using System.Text;

namespace StyleLab.Notebooks;

/// <summary>
/// Stands in for <see cref="Console.Out"/> and <see cref="Console.Error"/>: what the threads of a cell write becomes
/// output of that cell, what anybody else writes goes where it went before.
/// </summary>
internal sealed class CellConsole(string streamName, TextWriter outside) : TextWriter
{
    private static readonly Lock Installing = new();
    private static readonly CellInput Input = new();
    private static (CellConsole Out, CellConsole Error)? s_installed;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Redirects the console of this process, once.</summary>
    public static void Install()
    {
        lock (Installing)
        {
            if (s_installed != null)
                return;
            s_installed = (new CellConsole("stdout", Console.Out), new CellConsole("stderr", Console.Error));
            Restore();
            Console.SetIn(Input);
            TakeOutOfLock("s_in", Input);
        }
    }

    /// <summary>Takes the console back from a library that has redirected it.</summary>
    public static void Restore()
    {
        if (s_installed is not var (stdout, stderr))
            return;
        Console.SetOut(stdout);
        Console.SetError(stderr);
        TakeOutOfLock("s_out", stdout);
        TakeOutOfLock("s_error", stderr);
    }

    /// <summary>
    /// Puts the reader back if the console has forgotten it: setting <see cref="Console.InputEncoding"/> does that, and
    /// some libraries set it when they start a process.
    /// </summary>
    public static void RestoreInput()
    {
        if (Field("s_in") is { } reader && reader.GetValue(null) == null)
            reader.SetValue(null, Input);
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        if (CellContext.Current is { } cell)
            cell.Outputs.PublishFromCell(new StreamOutput(streamName, value));
        else
            outside.Write(value);
    }

    // One write, so that lines of several threads do not mix.
    public override void WriteLine(string? value) => Write(value + "\n");

    public override void WriteLine() => Write("\n");

    public override void WriteLine(ReadOnlySpan<char> buffer) => Write(string.Concat(buffer, "\n"));

    public override void WriteLine(char[] buffer, int index, int count) =>
        Write(new string(buffer, index, count) + "\n");

    public override void Flush() => outside.Flush();

    /// <summary>
    /// The console puts a lock around every writer, one for the whole process. A cell that is stopped while it prints
    /// may never give that lock back, and then nobody prints any more. Our writer needs no lock, so it is put in
    /// directly.
    /// </summary>
    private static void TakeOutOfLock(string field, object writer) => Field(field)?.SetValue(null, writer);

    private static FieldInfo? Field(string name) =>
        typeof(Console).GetField(name, BindingFlags.Static | BindingFlags.NonPublic);
}
