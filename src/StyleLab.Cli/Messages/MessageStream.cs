using System.Runtime.InteropServices;

namespace StyleLab.Cli.Messages;

/// <summary>
/// Standard output or standard error as a stream that never throws: work is not to fail because nobody hears of it. What could
/// not be written is lost, and so is all after it.
/// </summary>
internal sealed class MessageStream : Stream
{
    private const int TryAgain = 11, TryAgainMac = 35, Interrupted = 4;

    private readonly int _descriptor;
    private readonly Stream? _console;

    /// <param name="descriptor">1 for standard output, 2 for standard error.</param>
    public MessageStream(int descriptor)
    {
        _descriptor = descriptor;
        if (OperatingSystem.IsWindows())
            _console = descriptor == 1 ? Console.OpenStandardOutput() : Console.OpenStandardError();
    }

    /// <summary>True once something could not be written.</summary>
    public bool HasLost { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > 0 && !HasLost)
            HasLost = !Descriptor.IsOpenForWriting(_descriptor) || !(_console is null ? WriteAll(buffer) : WriteTo(_console, buffer));
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static bool WriteTo(Stream console, ReadOnlySpan<byte> buffer)
    {
        try
        {
            console.Write(buffer);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The console of .NET does not tell that the reader of a pipe has gone.
    private bool WriteAll(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            nint written = Write(_descriptor, in MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written >= 0)
                buffer = buffer[(int)written..];
            else if (Marshal.GetLastPInvokeError() is TryAgain or TryAgainMac)
                Thread.Sleep(1);
            else if (Marshal.GetLastPInvokeError() != Interrupted)
                return false;
        }
        return true;
    }

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    private static extern nint Write(int descriptor, in byte bytes, nint count);
}
